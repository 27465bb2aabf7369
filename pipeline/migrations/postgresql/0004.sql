-- As 0005.sql of SQLite.

CREATE TABLE reader (
    version TEXT COLLATE "C" PRIMARY KEY,
    vocabulary TEXT COLLATE "C" NOT NULL
);
