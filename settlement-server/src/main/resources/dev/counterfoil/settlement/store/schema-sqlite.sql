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
-- freeze_ended
CREATE TRIGGER fund_freeze_no_other_content BEFORE UPDATE ON fund_freeze
WHEN OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id
  OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.kind <> NEW.kind OR OLD.reason <> NEW.reason
  OR OLD.condition_text <> NEW.condition_text OR OLD.operator <> NEW.operator OR OLD.at_ms <> NEW.at_ms
  OR OLD.expires_ms <> NEW.expires_ms OR OLD.ended_at_ms <> 0 BEGIN
  SELECT RAISE(ABORT, 'what a freeze is and how it ended is never changed');
END
-- request_closed
CREATE TRIGGER money_request_no_other_content BEFORE UPDATE ON money_request
WHEN OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.kind <> NEW.kind
  OR OLD.transaction_id <> NEW.transaction_id OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount
  OR OLD.way <> NEW.way OR OLD.target IS DISTINCT FROM NEW.target OR OLD.reason <> NEW.reason
  OR OLD.requester <> NEW.requester OR OLD.requested_ms <> NEW.requested_ms OR OLD.ended_ms <> 0
  OR (OLD.approver <> '' AND OLD.approver <> NEW.approver) BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was decided is never changed');
END
