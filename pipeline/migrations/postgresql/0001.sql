-- The store on a PostgreSQL server: the tables and views of the SQLite migrations as they stand after the last of
-- them. Text is compared byte by byte, as SQLite does, whatever the locale of the server.

CREATE TABLE run (
    id BIGINT PRIMARY KEY,
    started TEXT COLLATE "C" NOT NULL,
    finished TEXT COLLATE "C",
    state TEXT COLLATE "C" NOT NULL DEFAULT 'running' -- running, done, failed, interrupted
);

CREATE TABLE board (
    id TEXT COLLATE "C" PRIMARY KEY,
    platform TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    company TEXT COLLATE "C" NOT NULL,
    confirmed TEXT COLLATE "C", -- when the last listing was last proved to stand unchanged
    wanted BIGINT NOT NULL DEFAULT 0, -- has had ML internships
    doubted TEXT COLLATE "C" -- refs of a suspect listing that has not repeated yet, JSON
);

CREATE TABLE visit (
    run BIGINT NOT NULL REFERENCES run (id),
    board TEXT COLLATE "C" NOT NULL REFERENCES board (id),
    at TEXT COLLATE "C" NOT NULL,
    verdict TEXT COLLATE "C" NOT NULL,
    listed BIGINT,
    ignored BIGINT NOT NULL,
    rejected BIGINT NOT NULL,
    reason TEXT COLLATE "C",
    status BIGINT,
    new BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    missing BIGINT NOT NULL,
    closed BIGINT NOT NULL,
    reopened BIGINT NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL, -- what the visit saw: the same snapshot again changes nothing
    PRIMARY KEY (board, at, run)
);
CREATE INDEX visit_run ON visit (run);

CREATE TABLE posting (
    board TEXT COLLATE "C" NOT NULL REFERENCES board (id),
    ref TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    company TEXT COLLATE "C" NOT NULL,
    description TEXT COLLATE "C" NOT NULL,
    locations TEXT COLLATE "C" NOT NULL, -- JSON
    workplace TEXT COLLATE "C",
    employment TEXT COLLATE "C",
    department TEXT COLLATE "C",
    pay TEXT COLLATE "C", -- JSON
    posted TEXT COLLATE "C",
    updated TEXT COLLATE "C",
    deadline TEXT COLLATE "C",
    apply_url TEXT COLLATE "C",
    language TEXT COLLATE "C",
    requisition TEXT COLLATE "C",
    text TEXT COLLATE "C", -- the description as plain text
    digest TEXT COLLATE "C" NOT NULL, -- of all the board's words
    content TEXT COLLATE "C", -- of those that readers look at
    state TEXT COLLATE "C" NOT NULL,
    first_seen TEXT COLLATE "C" NOT NULL,
    last_seen TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (board, ref)
);
CREATE INDEX posting_state ON posting (state);

CREATE TABLE event (
    rowid BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- the order of events, which SQLite has of itself
    board TEXT COLLATE "C" NOT NULL,
    ref TEXT COLLATE "C" NOT NULL,
    at TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL -- new, changed: <fields>, missing, closed, reopened
);
CREATE INDEX event_posting ON event (board, ref);

CREATE TABLE rejected (
    board TEXT COLLATE "C" NOT NULL REFERENCES board (id),
    at TEXT COLLATE "C" NOT NULL,
    ref TEXT COLLATE "C",
    reason TEXT COLLATE "C" NOT NULL,
    evidence TEXT COLLATE "C" NOT NULL
);
CREATE INDEX rejected_board ON rejected (board);

CREATE TABLE coverage (
    run BIGINT NOT NULL REFERENCES run (id),
    platform TEXT COLLATE "C" NOT NULL,
    field TEXT COLLATE "C" NOT NULL,
    filled BIGINT NOT NULL,
    total BIGINT NOT NULL,
    PRIMARY KEY (run, platform, field)
);

CREATE TABLE validator (
    url TEXT COLLATE "C" PRIMARY KEY,
    etag TEXT COLLATE "C",
    last_modified TEXT COLLATE "C",
    body_hash TEXT COLLATE "C"
);

CREATE TABLE robots (
    origin TEXT COLLATE "C" PRIMARY KEY,
    status BIGINT NOT NULL,
    body BYTEA NOT NULL,
    fetched_at TEXT COLLATE "C" NOT NULL
);

CREATE TABLE request (
    day TEXT COLLATE "C" NOT NULL,
    host TEXT COLLATE "C" NOT NULL,
    count BIGINT NOT NULL,
    PRIMARY KEY (day, host)
);

CREATE TABLE reading (
    content TEXT COLLATE "C" NOT NULL, -- hash of what was read
    version TEXT COLLATE "C" NOT NULL, -- of the reader
    wanted BIGINT NOT NULL, -- whether a list is made of such postings
    body TEXT COLLATE "C" NOT NULL, -- JSON
    PRIMARY KEY (version, content)
);

CREATE TABLE opening (
    id TEXT COLLATE "C" PRIMARY KEY,
    company TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    location TEXT COLLATE "C" NOT NULL,
    employer_size TEXT COLLATE "C",
    url TEXT COLLATE "C" NOT NULL
);

CREATE TABLE opening_posting (
    posting TEXT COLLATE "C" PRIMARY KEY, -- board/ref
    board TEXT COLLATE "C" NOT NULL,
    ref TEXT COLLATE "C" NOT NULL,
    opening TEXT COLLATE "C" NOT NULL
);
CREATE INDEX opening_posting_opening ON opening_posting (opening);

CREATE TABLE mark (
    opening TEXT COLLATE "C" PRIMARY KEY,
    status TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL
);

CREATE TABLE listed (
    opening TEXT COLLATE "C" PRIMARY KEY,
    rank BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL, -- what changes.py compares the next list with, JSON
    status TEXT COLLATE "C" NOT NULL, -- as written to shortlist.csv, so that an edit there is known from one by `mark`
    note TEXT COLLATE "C" NOT NULL
); -- the last list that was written

CREATE VIEW postings AS
SELECT
    posting.board, ref, url, posting.company, title,
    (SELECT string_agg(value, '; ') FROM json_array_elements_text(locations::json)) AS location,
    posted, state, first_seen,
    CASE state WHEN 'open' THEN greatest(last_seen, coalesce(confirmed, last_seen)) ELSE last_seen END AS last_seen,
    coalesce(text, description) AS text
FROM posting JOIN board ON board.id = posting.board;

CREATE VIEW openings AS
SELECT
    opening.id, opening.company, opening.title, opening.location, opening.employer_size,
    min(posting.first_seen) AS first_seen,
    CASE max(CASE posting.state WHEN 'open' THEN 2 WHEN 'missing' THEN 1 ELSE 0 END)
        WHEN 2 THEN 'open' WHEN 1 THEN 'missing' ELSE 'closed' END AS state,
    opening.url
FROM opening
JOIN opening_posting ON opening_posting.opening = opening.id
JOIN posting ON posting.board = opening_posting.board AND posting.ref = opening_posting.ref
GROUP BY opening.id;

CREATE VIEW visits AS
SELECT run, board, at, verdict, listed, reason FROM visit;
