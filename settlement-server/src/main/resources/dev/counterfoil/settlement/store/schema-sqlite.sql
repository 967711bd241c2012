-- preamble

-- int
INTEGER
-- bytes
BLOB
-- text
TEXT
-- keyed
 STRICT, WITHOUT ROWID
-- strict
 STRICT
-- authorization
authorization
-- append_only
CREATE TRIGGER @_no_update BEFORE UPDATE ON @ BEGIN
  SELECT RAISE(ABORT, '@ rows are never changed');
END
;
CREATE TRIGGER @_no_delete BEFORE DELETE ON @ BEGIN
  SELECT RAISE(ABORT, '@ rows are never changed');
END
-- never_deleted
CREATE TRIGGER @_no_delete BEFORE DELETE ON @ BEGIN
  SELECT RAISE(ABORT, '@ rows are never deleted');
END
-- approval_closed
CREATE TRIGGER approval_no_other_content BEFORE UPDATE ON approval
WHEN OLD.action <> NEW.action OR OLD.content <> NEW.content OR OLD.requester <> NEW.requester
  OR OLD.expires_ms <> NEW.expires_ms OR OLD.state IN ('REJECTED', 'WITHDRAWN', 'USED') BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was decided is never changed');
END
