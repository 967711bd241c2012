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
-- gateway_order_kept
CREATE TRIGGER gateway_order_no_other_content BEFORE UPDATE ON gateway_order
WHEN OLD.gateway <> NEW.gateway OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.fee <> NEW.fee
  OR OLD.operator <> NEW.operator OR OLD.opened_ms <> NEW.opened_ms
  OR (OLD.phase = 'PAID' AND (NEW.phase <> 'PAID' OR OLD.payment_id <> NEW.payment_id)) BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was paid is never changed');
END
-- arrival_kept
CREATE TRIGGER arriving_recharge_no_other_content BEFORE UPDATE ON arriving_recharge
WHEN OLD.transaction_id <> NEW.transaction_id OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount
  OR OLD.fee <> NEW.fee OR OLD.method <> NEW.method OR OLD.reference <> NEW.reference
  OR OLD.operator <> NEW.operator OR OLD.asked_ms <> NEW.asked_ms OR OLD.state <> 'PENDING' BEGIN
  SELECT RAISE(ABORT, 'what was announced and how it ended is never changed');
END
-- application_closed
CREATE TRIGGER refund_application_no_other_content BEFORE UPDATE ON refund_application
WHEN OLD.site <> NEW.site OR OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id
  OR OLD.sale <> NEW.sale OR OLD.account <> NEW.account OR OLD.amount <> NEW.amount OR OLD.reason <> NEW.reason
  OR OLD.applicant <> NEW.applicant OR OLD.requested_ms <> NEW.requested_ms OR OLD.why <> NEW.why OR OLD.decided_ms <> 0
BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was decided is never changed');
END
-- approval_shown
CREATE TRIGGER approval_shown_as_asked BEFORE UPDATE ON approval
WHEN OLD.shown <> NEW.shown BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was decided is never changed');
END
-- money
@ / 100.0
-- time
strftime('%Y-%m-%dT%H:%M:%fZ', nullif(@, 0) / 1000.0, 'unixepoch')
-- timestamp
TEXT
-- hex
lower(hex(@))
-- statistics
ANALYZE sqlite_schema
;
DELETE FROM sqlite_stat1
;
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('business_transaction', 'business_transaction', '1000000 1000000 1'),
  ('business_transaction', 'transaction_by_taken_back', '1000 1000 1'),
  ('business_transaction', 'transaction_by_paid_back', '1000 1000 1 1'),
  ('business_transaction', 'transaction_by_account', '1000000 1000000 100 1'),
  ('business_transaction', 'transaction_by_time', '1000000 1000000 10 1'),
  ('hold', 'hold', '1000000 1000000 1'),
  ('hold', 'hold_by_transaction', '1000000 1000000 1'),
  ('hold', 'hold_open', '100 100 1'),
  ('card', 'card', '100000 100000 1'),
  ('card', 'card_by_token', '100000 100000 1'),
  ('card', 'card_by_account', '100000 100000 2'),
  ('card', 'card_expiring', '1000 1000 2'),
  ('account_profile', 'account_profile', '100000 100000 1'),
  ('account_profile', 'account_profile_due', '1000 1000 2'),
  ('account_profile', 'account_profile_owner', '100000 100000 2'),
  ('account_relation', 'account_relation', '10000 10000 10 1'),
  ('account_relation', 'account_relation_once', '10000 10000 2 1 1'),
  ('account_event', 'account_event', '100000 100000 1'),
  ('account_event', 'account_event_by_account', '100000 100000 10 1'),
  ('fund_freeze', 'fund_freeze', '10000 10000 1'),
  ('fund_freeze', 'fund_freeze_by_transaction', '10000 10000 1'),
  ('fund_freeze', 'fund_freeze_by_account', '10000 10000 5 1'),
  ('fund_freeze', 'fund_freeze_due', '100 100 2'),
  ('exception', 'exception', '100000 100000 1'),
  ('exception', 'exception_by_key', '100000 100000 1'),
  ('exception', 'exception_open', '100 100 1'),
  ('intent', 'intent', '1000000 1000000 10000 1'),
  ('intent', 'intent_open', '100 100 2 1')
;
ANALYZE sqlite_schema
-- purse_statistics
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('purse', 'purse', '100000 100000 1'),
  ('purse', 'purse_once', '100000 100000 10 1'),
  ('purse', 'purse_due', '100 100 2')
;
ANALYZE sqlite_schema
-- predebit_kept
CREATE TRIGGER predebit_no_other_content BEFORE UPDATE ON predebit
WHEN OLD.number <> NEW.number OR OLD.transaction_id <> NEW.transaction_id OR OLD.terminal <> NEW.terminal
  OR OLD.account <> NEW.account OR OLD.card <> NEW.card OR OLD.held <> NEW.held OR OLD.asset <> NEW.asset
  OR OLD.hold <> NEW.hold OR OLD.sub_type <> NEW.sub_type
  OR OLD.consumer_ip <> NEW.consumer_ip OR OLD.operator <> NEW.operator
  OR OLD.opened_ms <> NEW.opened_ms OR OLD.due_ms <> NEW.due_ms OR OLD.state <> 'HELD' BEGIN
  SELECT RAISE(ABORT, 'what was held and how it ended is never changed');
END
-- predebit_statistics
INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES
  ('predebit', 'predebit', '100000 100000 1'),
  ('predebit', 'predebit_by_transaction', '100000 100000 1'),
  ('predebit', 'predebit_by_state', '100000 100000 1000 1'),
  ('predebit', 'predebit_due', '100 100 2'),
  ('predebit', 'predebit_by_account', '100000 100000 10 1'),
  ('predebit', 'predebit_by_time', '100000 100000 2')
;
ANALYZE sqlite_schema
-- now_ms
CAST(strftime('%s', 'now') AS INTEGER) * 1000
