-- Readings are looked up by version and content, and come in no order: a heap and a small index, not a tree of bodies.

DROP TABLE reading; -- a cache
CREATE TABLE reading (
    content TEXT NOT NULL, -- hash of what was read
    version TEXT NOT NULL, -- of the reader
    body TEXT NOT NULL -- JSON
);
CREATE UNIQUE INDEX reading_content ON reading (version, content);
