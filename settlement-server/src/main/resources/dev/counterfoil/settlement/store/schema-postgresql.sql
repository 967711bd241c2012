-- preamble
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
END
$$
;
CREATE TABLE site_version (
  site BIGINT NOT NULL PRIMARY KEY,
  version BIGINT NOT NULL
) WITH (fillfactor = 10)
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
-- freeze_ended
CREATE TRIGGER fund_freeze_no_other_content BEFORE UPDATE ON fund_freeze
FOR EACH ROW
WHEN (OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id
  OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.kind <> NEW.kind OR OLD.reason <> NEW.reason
  OR OLD.condition_text <> NEW.condition_text OR OLD.operator <> NEW.operator OR OLD.at_ms <> NEW.at_ms
  OR OLD.expires_ms <> NEW.expires_ms OR OLD.ended_at_ms <> 0)
EXECUTE FUNCTION refuse_change('what a freeze is and how it ended is never changed')
-- request_closed
CREATE TRIGGER money_request_no_other_content BEFORE UPDATE ON money_request
FOR EACH ROW
WHEN (OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.kind <> NEW.kind
  OR OLD.transaction_id <> NEW.transaction_id OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount
  OR OLD.way <> NEW.way OR OLD.target IS DISTINCT FROM NEW.target OR OLD.reason <> NEW.reason
  OR OLD.requester <> NEW.requester OR OLD.requested_ms <> NEW.requested_ms OR OLD.ended_ms <> 0
  OR (OLD.approver <> '' AND OLD.approver <> NEW.approver))
EXECUTE FUNCTION refuse_change('what was asked for and what was decided is never changed')
-- gateway_order_kept
CREATE TRIGGER gateway_order_no_other_content BEFORE UPDATE ON gateway_order
FOR EACH ROW
WHEN (OLD.gateway <> NEW.gateway OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.fee <> NEW.fee
  OR OLD.operator <> NEW.operator OR OLD.opened_ms <> NEW.opened_ms
  OR (OLD.phase = 'PAID' AND (NEW.phase <> 'PAID' OR OLD.payment_id <> NEW.payment_id)))
EXECUTE FUNCTION refuse_change('what was asked for and what was paid is never changed')
-- arrival_kept
CREATE TRIGGER arriving_recharge_no_other_content BEFORE UPDATE ON arriving_recharge
FOR EACH ROW
WHEN (OLD.transaction_id <> NEW.transaction_id OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount
  OR OLD.fee <> NEW.fee OR OLD.method <> NEW.method OR OLD.reference <> NEW.reference
  OR OLD.operator <> NEW.operator OR OLD.asked_ms <> NEW.asked_ms OR OLD.state <> 'PENDING')
EXECUTE FUNCTION refuse_change('what was announced and how it ended is never changed')
-- application_closed
CREATE TRIGGER refund_application_no_other_content BEFORE UPDATE ON refund_application
FOR EACH ROW
WHEN (OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id
  OR OLD.sale <> NEW.sale OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.reason <> NEW.reason
  OR OLD.applicant <> NEW.applicant OR OLD.requested_ms <> NEW.requested_ms OR OLD.why <> NEW.why OR OLD.decided_ms <> 0)
EXECUTE FUNCTION refuse_change('what was asked for and what was decided is never changed')
-- approval_shown
CREATE TRIGGER approval_shown_as_asked BEFORE UPDATE ON approval
FOR EACH ROW WHEN (OLD.shown <> NEW.shown)
EXECUTE FUNCTION refuse_change('what was asked for and what was decided is never changed')
-- money
CAST(@ / 100.0 AS NUMERIC(15, 2))
-- time
to_timestamp(CAST(nullif(@, 0) / 1000.0 AS DOUBLE PRECISION))
-- timestamp
TIMESTAMP WITH TIME ZONE
-- hex
encode(@, 'hex')
-- statistics

-- purse_statistics

-- predebit_kept
CREATE TRIGGER predebit_no_other_content BEFORE UPDATE ON predebit
FOR EACH ROW
WHEN (OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id OR OLD.terminal <> NEW.terminal
  OR OLD.account <> NEW.account OR OLD.card <> NEW.card OR OLD.held <> NEW.held OR OLD.asset <> NEW.asset
  OR OLD.hold <> NEW.hold OR OLD.sub_type <> NEW.sub_type
  OR OLD.consumer_ip <> NEW.consumer_ip OR OLD.operator <> NEW.operator
  OR OLD.opened_ms <> NEW.opened_ms OR OLD.due_ms <> NEW.due_ms OR OLD.state <> 'HELD')
EXECUTE FUNCTION refuse_change('what was held and how it ended is never changed')
-- predebit_statistics

-- now_ms
CAST(extract(epoch FROM now()) AS BIGINT) * 1000
