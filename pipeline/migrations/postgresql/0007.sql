-- As 0008.sql of SQLite; whose file the last list was written to is not known here.

CREATE TABLE written (
    list TEXT COLLATE "C" NOT NULL,
    opening TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    note TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (list, opening)
);
ALTER TABLE listed DROP COLUMN status;
ALTER TABLE listed DROP COLUMN note;
