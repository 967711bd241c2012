-- preamble
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END
$$
;

-- int
BIGINT
-- bytes
BYTEA
-- text
TEXT COLLATE "C"
-- keyed

-- strict

-- authorization
"authorization"
-- append_only
CREATE TRIGGER @_no_change BEFORE UPDATE OR DELETE ON "@"
FOR EACH ROW EXECUTE FUNCTION refuse_change('@ rows are never changed')
;
CREATE TRIGGER @_no_truncate BEFORE TRUNCATE ON "@"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('@ rows are never changed')
-- never_deleted
CREATE TRIGGER @_no_delete BEFORE DELETE ON "@"
FOR EACH ROW EXECUTE FUNCTION refuse_change('@ rows are never deleted')
;
CREATE TRIGGER @_no_truncate BEFORE TRUNCATE ON "@"
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change('@ rows are never deleted')
-- approval_closed
CREATE TRIGGER approval_no_other_content BEFORE UPDATE ON approval
FOR EACH ROW
WHEN (OLD.action <> NEW.action OR OLD.content <> NEW.content OR OLD.requester <> NEW.requester
  OR OLD.expires_ms <> NEW.expires_ms OR OLD.state IN ('REJECTED', 'WITHDRAWN', 'USED'))
EXECUTE FUNCTION refuse_change('what was asked for and what was decided is never changed')
