-- As 0006.sql of SQLite, once per statement.

CREATE TABLE stamp (
    value BIGINT NOT NULL
);
INSERT INTO stamp VALUES (hashtextextended(gen_random_uuid()::text, 0));

DROP INDEX posting_state;
CREATE INDEX posting_state ON posting (state, board);

CREATE FUNCTION stamp_anew() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE stamp SET value = hashtextextended(gen_random_uuid()::text, 0);
    RETURN NULL;
END $$;

CREATE TRIGGER stamp_posting AFTER INSERT OR UPDATE OR DELETE ON posting
FOR EACH STATEMENT EXECUTE FUNCTION stamp_anew();
CREATE TRIGGER stamp_confirmed AFTER UPDATE OF confirmed ON board
FOR EACH STATEMENT EXECUTE FUNCTION stamp_anew();
CREATE TRIGGER stamp_member AFTER INSERT OR UPDATE OR DELETE ON opening_posting
FOR EACH STATEMENT EXECUTE FUNCTION stamp_anew();
CREATE TRIGGER stamp_employer AFTER INSERT OR UPDATE OR DELETE ON employer
FOR EACH STATEMENT EXECUTE FUNCTION stamp_anew();
