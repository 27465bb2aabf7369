-- Another number whenever anything changes that a list is made of: what was made of it before is good until then.

CREATE TABLE stamp (
    value INTEGER NOT NULL -- by chance: it comes back neither with a restored copy nor with another store
);
INSERT INTO stamp VALUES (random());

DROP INDEX posting_state;
CREATE INDEX posting_state ON posting (state, board); -- counts what a board carries without a look at its words

CREATE TRIGGER stamp_posting_new AFTER INSERT ON posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_posting_changed AFTER UPDATE ON posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_posting_gone AFTER DELETE ON posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_confirmed AFTER UPDATE OF confirmed ON board BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_member_new AFTER INSERT ON opening_posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_member_changed AFTER UPDATE ON opening_posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_member_gone AFTER DELETE ON opening_posting BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_employer_new AFTER INSERT ON employer BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_employer_changed AFTER UPDATE ON employer BEGIN UPDATE stamp SET value = random(); END;
CREATE TRIGGER stamp_employer_gone AFTER DELETE ON employer BEGIN UPDATE stamp SET value = random(); END;
