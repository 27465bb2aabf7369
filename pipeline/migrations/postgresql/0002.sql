-- As 0003.sql of SQLite.

CREATE TABLE candidate (
    board TEXT COLLATE "C" NOT NULL,
    seen_in TEXT COLLATE "C" NOT NULL,
    url TEXT COLLATE "C" NOT NULL,
    company TEXT COLLATE "C" NOT NULL,
    first_seen TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (board, seen_in)
);

CREATE TABLE employer (
    name TEXT COLLATE "C" PRIMARY KEY,
    source TEXT COLLATE "C" NOT NULL,
    size TEXT COLLATE "C",
    website TEXT COLLATE "C",
    aliases TEXT COLLATE "C" NOT NULL
);
