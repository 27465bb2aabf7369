-- Columns of the user's own in a list: their cells belong to openings, as status and note do; their order to the list.

ALTER TABLE mark ADD COLUMN cells TEXT NOT NULL DEFAULT '{}'; -- column -> what stands there, JSON
ALTER TABLE written ADD COLUMN cells TEXT NOT NULL DEFAULT '{}';

CREATE TABLE own_column (
    list TEXT NOT NULL, -- as in written
    place INTEGER NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (list, place)
) WITHOUT ROWID;
