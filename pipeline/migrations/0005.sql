-- The vocabulary that readings were made by is kept with them, so that an edit of it leaves those it cannot change.

CREATE TABLE reader (
    version TEXT PRIMARY KEY,
    vocabulary TEXT NOT NULL -- JSON
);
