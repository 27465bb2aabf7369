-- What is looked at often stands before a posting's words; that a visit proved again what was known is no change.

DROP VIEW postings;
DROP VIEW openings;
DROP TRIGGER stamp_confirmed;

CREATE TABLE posting_in_order (
    board TEXT NOT NULL REFERENCES board (id),
    ref TEXT NOT NULL,
    state TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    last_seen TEXT NOT NULL, -- an open posting's is the board's `confirmed`, where that is later
    digest TEXT NOT NULL, -- of all the board's words
    content TEXT, -- hash of what readers look at
    url TEXT NOT NULL,
    title TEXT NOT NULL,
    company TEXT NOT NULL,
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
    description TEXT NOT NULL,
    text TEXT, -- the description as plain text
    PRIMARY KEY (board, ref)
);
INSERT INTO posting_in_order SELECT
    board, ref, state, first_seen, last_seen, digest, content, url, title, company, locations, workplace, employment,
    department, pay, posted, updated, deadline, apply_url, language, requisition, description, text
FROM posting ORDER BY rowid;
DROP TABLE posting;
ALTER TABLE posting_in_order RENAME TO posting;
CREATE INDEX posting_state ON posting (state, board, last_seen); -- what a board carries, without a look at its words

CREATE TRIGGER stamp_posting_new AFTER INSERT ON posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_posting_changed AFTER UPDATE ON posting
WHEN old.state != new.state OR old.digest != new.digest OR old.first_seen != new.first_seen
BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_posting_gone AFTER DELETE ON posting BEGIN UPDATE stamp SET value = random(); END;

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
