-- As 0007.sql of SQLite; where a row's long words stand is the server's own business.

DROP TRIGGER stamp_confirmed ON board;
DROP TRIGGER stamp_posting ON posting;
CREATE TRIGGER stamp_posting AFTER INSERT OR DELETE ON posting
FOR EACH STATEMENT EXECUTE FUNCTION stamp_anew();
CREATE TRIGGER stamp_posting_changed AFTER UPDATE ON posting
FOR EACH ROW
WHEN (old.state != new.state OR old.digest != new.digest OR old.first_seen != new.first_seen)
EXECUTE FUNCTION stamp_anew();

DROP INDEX posting_state;
CREATE INDEX posting_state ON posting (state, board, last_seen);
