-- What the user wrote into a list is known by what the list's file held, and there may be many lists.

CREATE TABLE written (
    list TEXT NOT NULL, -- its file, under the data that holds it
    opening TEXT NOT NULL,
    status TEXT NOT NULL, -- as in the file when it was written, so that an edit there is known from one by `mark`
    note TEXT NOT NULL,
    PRIMARY KEY (list, opening)
) WITHOUT ROWID;
INSERT INTO written SELECT 'shortlist.csv', opening, status, note FROM listed WHERE status != '' OR note != '';

CREATE TABLE listed_alone (
    opening TEXT PRIMARY KEY,
    rank INTEGER NOT NULL,
    body TEXT NOT NULL -- what changes.py compares the next list with, JSON
) WITHOUT ROWID; -- the last list that was written
INSERT INTO listed_alone SELECT opening, rank, body FROM listed;
DROP TABLE listed;
ALTER TABLE listed_alone RENAME TO listed;
