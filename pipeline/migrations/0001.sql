-- The first shape of the store. Tables are ours to change; the views are fixed, for people and programs.

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    state TEXT NOT NULL DEFAULT 'running' -- running, done, failed, interrupted
);

CREATE TABLE board (
    id TEXT PRIMARY KEY,
    platform TEXT NOT NULL,
    slug TEXT NOT NULL,
    company TEXT NOT NULL,
    confirmed TEXT, -- when the last listing was last proved to stand unchanged
    wanted INTEGER NOT NULL DEFAULT 0, -- has had ML internships
    doubted TEXT -- refs of a suspect listing that has not repeated yet, JSON
) WITHOUT ROWID;

CREATE TABLE visit (
    run INTEGER NOT NULL REFERENCES run (id),
    board TEXT NOT NULL REFERENCES board (id),
    at TEXT NOT NULL,
    verdict TEXT NOT NULL,
    listed INTEGER,
    ignored INTEGER NOT NULL,
    rejected INTEGER NOT NULL,
    reason TEXT,
    status INTEGER,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    missing INTEGER NOT NULL,
    closed INTEGER NOT NULL,
    reopened INTEGER NOT NULL,
    fingerprint TEXT NOT NULL, -- what the visit saw: the same snapshot again changes nothing
    PRIMARY KEY (board, at, run)
) WITHOUT ROWID;
CREATE INDEX visit_run ON visit (run);

CREATE TABLE posting (
    board TEXT NOT NULL REFERENCES board (id),
    ref TEXT NOT NULL,
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    company TEXT NOT NULL,
    description TEXT NOT NULL,
    locations TEXT NOT NULL, -- JSON
    workplace TEXT,
    employment TEXT,
    department TEXT,
    pay TEXT, -- JSON
    posted TEXT,
    updated TEXT,
    deadline TEXT,
    apply_url TEXT,
    language TEXT,
    requisition TEXT,
    text TEXT, -- the description as plain text
    digest TEXT NOT NULL, -- of all the board's words
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL,
    PRIMARY KEY (board, ref)
);
CREATE INDEX posting_state ON posting (state);

CREATE TABLE event (
    board TEXT NOT NULL,
    ref TEXT NOT NULL,
    at TEXT NOT NULL,
    what TEXT NOT NULL -- new, changed: <fields>, missing, closed, reopened
);
CREATE INDEX event_posting ON event (board, ref);

CREATE TABLE rejected (
    board TEXT NOT NULL REFERENCES board (id),
    at TEXT NOT NULL,
    ref TEXT,
    reason TEXT NOT NULL,
    evidence TEXT NOT NULL
);
CREATE INDEX rejected_board ON rejected (board);

CREATE TABLE coverage (
    run INTEGER NOT NULL REFERENCES run (id),
    platform TEXT NOT NULL,
    field TEXT NOT NULL,
    filled INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (run, platform, field)
) WITHOUT ROWID;

CREATE TABLE validator (
    url TEXT PRIMARY KEY,
    etag TEXT,
    last_modified TEXT,
    body_hash TEXT
) WITHOUT ROWID;

CREATE TABLE robots (
    origin TEXT PRIMARY KEY,
    status INTEGER NOT NULL,
    body BLOB NOT NULL,
    fetched_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE request (
    day TEXT NOT NULL,
    host TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (day, host)
) WITHOUT ROWID;

CREATE TABLE reading (
    content TEXT NOT NULL, -- hash of what was read
    version TEXT NOT NULL, -- of the reader
    body TEXT NOT NULL, -- JSON
    PRIMARY KEY (content, version)
) WITHOUT ROWID;

CREATE TABLE opening (
    id TEXT PRIMARY KEY,
    company TEXT NOT NULL,
    title TEXT NOT NULL,
    location TEXT NOT NULL,
    employer_size TEXT,
    url TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE opening_posting (
    posting TEXT PRIMARY KEY, -- board/ref
    board TEXT NOT NULL,
    ref TEXT NOT NULL,
    opening TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX opening_posting_opening ON opening_posting (opening);

CREATE TABLE mark (
    opening TEXT PRIMARY KEY,
    status TEXT NOT NULL,
    note TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE listed (
    opening TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    body TEXT NOT NULL, -- what changes.py compares the next list with, JSON
    status TEXT NOT NULL, -- as written to shortlist.csv, so that an edit there is known from one by `mark`
    note TEXT NOT NULL
) WITHOUT ROWID; -- the last list that was written

CREATE VIEW postings AS
SELECT
    posting.board, ref, url, posting.company, title,
    (SELECT group_concat(value, '; ') FROM json_each(locations)) AS location,
    posted, state, first_seen,
    CASE state WHEN 'open' THEN max(last_seen, coalesce(confirmed, last_seen)) ELSE last_seen END AS last_seen,
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
