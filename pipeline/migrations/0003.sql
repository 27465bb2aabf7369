-- What visits and imports learn besides postings: boards nobody has added yet, and facts about employers.

CREATE TABLE candidate (
    board TEXT NOT NULL, -- platform/slug
    seen_in TEXT NOT NULL, -- the board or import whose postings link to it
    url TEXT NOT NULL, -- one such link
    company TEXT NOT NULL,
    first_seen TEXT NOT NULL,
    PRIMARY KEY (board, seen_in)
) WITHOUT ROWID;

CREATE TABLE employer (
    name TEXT PRIMARY KEY,
    source TEXT NOT NULL, -- the board that says so
    size TEXT, -- one of the bands
    website TEXT,
    aliases TEXT NOT NULL -- JSON
) WITHOUT ROWID;
