-- What a posting says has one hash, by which its reading is found; what no list is made of is known without reading it.

ALTER TABLE posting ADD COLUMN content TEXT; -- hash of what readers look at
UPDATE posting SET content = content_hash(
    board, ref, url, title, company, description, locations, workplace, employment, department, pay, posted, updated,
    deadline, apply_url, language, requisition
);

DROP TABLE reading; -- a cache
CREATE TABLE reading (
    content TEXT NOT NULL,
    version TEXT NOT NULL, -- of the reader
    wanted INTEGER NOT NULL, -- whether a list is made of such postings
    body TEXT NOT NULL -- JSON
); -- rows come in no order of their hashes: a heap and a small index, not a tree of bodies
CREATE UNIQUE INDEX reading_content ON reading (version, content);
