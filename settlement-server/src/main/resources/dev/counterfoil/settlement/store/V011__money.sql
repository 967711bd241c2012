-- What takes a whole transaction back does so once, whether a void (3) or a reversal (13); sales are refunded (7) and
-- transfers paid back (8) in any number of parts.
DROP INDEX transaction_by_voided
;
CREATE UNIQUE INDEX transaction_by_taken_back ON business_transaction (site, reverses) WHERE reverses IS NOT NULL AND kind IN (3, 13)
;
DROP INDEX transaction_by_refunded
;
CREATE INDEX transaction_by_paid_back ON business_transaction (site, reverses, transaction_id) WHERE reverses IS NOT NULL AND kind IN (7, 8)
;
CREATE TABLE transaction_note (
  site ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  other_account ${int} NOT NULL,
  first_transfer ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  sub_type ${text} NOT NULL,
  operator ${text} NOT NULL,
  reason ${text} NOT NULL,
  PRIMARY KEY (site, transaction_id)
)${keyed}
;
CREATE INDEX transaction_note_by_other ON transaction_note (site, other_account, first_transfer) WHERE other_account > 0
;
CREATE TABLE transfer_line (
  site ${int} NOT NULL,
  order_id ${bytes} NOT NULL,
  line ${int} NOT NULL CHECK (line > 0),
  transaction_id ${bytes} NOT NULL,
  payer ${int} NOT NULL,
  payee ${int} NOT NULL,
  amount ${int} NOT NULL,
  outcome ${text} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, order_id, line)
)${keyed}
;
CREATE TABLE fund_freeze (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  transaction_id ${bytes} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL CHECK (amount >= 0),
  kind ${text} NOT NULL CHECK (kind IN ('TRANSACTION', 'ADMINISTRATIVE', 'SECURITY')),
  reason ${text} NOT NULL CHECK (reason <> ''),
  condition_text ${text} NOT NULL,
  operator ${text} NOT NULL,
  at_ms ${int} NOT NULL,
  expires_ms ${int} NOT NULL,
  end_kind ${text} NOT NULL CHECK (end_kind IN ('', 'AUTOMATIC', 'MANUAL', 'CONDITIONAL')),
  end_reason ${text} NOT NULL,
  end_operator ${text} NOT NULL,
  ended_at_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK ((ended_at_ms = 0) = (end_kind = '')),
  CHECK (ended_at_ms = 0 OR end_reason <> '')
)${keyed}
;
CREATE UNIQUE INDEX fund_freeze_by_transaction ON fund_freeze (site, transaction_id)
;
CREATE INDEX fund_freeze_by_account ON fund_freeze (site, account, number)
;
CREATE INDEX fund_freeze_due ON fund_freeze (site, expires_ms) WHERE ended_at_ms = 0 AND expires_ms > 0
;
CREATE TABLE money_request (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  kind ${text} NOT NULL CHECK (kind IN ('WITHDRAWAL', 'ADJUSTMENT', 'REVERSAL')),
  transaction_id ${bytes} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL CHECK (amount <> 0),
  way ${text} NOT NULL CHECK (way IN ('', 'BANK', 'DRAWER')),
  target ${bytes},
  reason ${text} NOT NULL CHECK (reason <> ''),
  requester ${text} NOT NULL CHECK (requester <> ''),
  requested_ms ${int} NOT NULL,
  state ${text} NOT NULL CHECK (state IN ('REQUESTED', 'APPROVED', 'REJECTED', 'DONE', 'FAILED')),
  approver ${text} NOT NULL CHECK (approver <> requester),
  decided_ms ${int} NOT NULL,
  outcome ${text} NOT NULL,
  ended_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK ((state = 'REQUESTED') = (approver = ''))
)${keyed}
;
CREATE UNIQUE INDEX money_request_by_transaction ON money_request (site, transaction_id)
;
CREATE INDEX money_request_by_state ON money_request (site, kind, state, number)
;
CREATE INDEX money_request_by_account ON money_request (site, account, requested_ms)
;
${append_only transaction_note}
;
${append_only transfer_line}
;
${freeze_ended}
;
${never_deleted fund_freeze}
;
${request_closed}
;
${never_deleted money_request}
;
