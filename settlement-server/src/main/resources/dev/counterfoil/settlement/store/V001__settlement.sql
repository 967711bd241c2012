${preamble}-- `site` is first in every key. Statements end with a line that holds only a semicolon, because triggers contain some.
CREATE TABLE site (
  site ${int} NOT NULL PRIMARY KEY,
  name ${text} NOT NULL,
  currency ${text} NOT NULL
)${strict}
;
CREATE TABLE setting (
  site ${int} NOT NULL,
  name ${text} NOT NULL,
  value ${text} NOT NULL,
  PRIMARY KEY (site, name)
)${keyed}
;
CREATE TABLE terminal (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  terminal_id ${bytes} NOT NULL,
  name ${text} NOT NULL,
  status ${int} NOT NULL,
  board_serial ${text} NOT NULL,
  certificate_hash ${bytes} NOT NULL,
  genesis_due ${int} NOT NULL,
  confirmed_epoch ${int} NOT NULL,
  confirmed_nonce ${int} NOT NULL,
  offered_epoch ${int},
  offered_nonce ${int},
  offered_at_ms ${int} NOT NULL,
  boot_id ${bytes},
  merchant_ledger ${int} NOT NULL,
  drawer_ledger ${int} NOT NULL,
  reason ${text} NOT NULL,
  PRIMARY KEY (site, terminal)
)${keyed}
;
CREATE UNIQUE INDEX terminal_by_id ON terminal (terminal_id)
;
CREATE TABLE terminal_head (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  received_seq ${int} NOT NULL,
  received_hash ${bytes} NOT NULL,
  received_turnover ${int} NOT NULL,
  settled_seq ${int} NOT NULL,
  settled_hash ${bytes} NOT NULL,
  settled_turnover ${int} NOT NULL,
  epoch ${int} NOT NULL,
  epoch_nonce ${int} NOT NULL,
  verified_seq ${int} NOT NULL,
  safe_seq ${int} NOT NULL,
  safe_hash ${bytes} NOT NULL,
  safe_turnover ${int} NOT NULL,
  bad_seq ${int} NOT NULL,
  ack_number ${int} NOT NULL,
  anchor_id ${int} NOT NULL,
  PRIMARY KEY (site, terminal)
)${keyed}
;
CREATE TABLE terminal_key (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  key_id ${int} NOT NULL,
  algorithm ${int} NOT NULL,
  public_key ${bytes} NOT NULL,
  from_seq ${int} NOT NULL,
  until_seq ${int} NOT NULL,
  revoked ${int} NOT NULL,
  PRIMARY KEY (site, terminal, key_id)
)${keyed}
;
CREATE TABLE terminal_epoch (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  epoch ${int} NOT NULL,
  nonce ${int} NOT NULL,
  offered_at_ms ${int} NOT NULL,
  vouched ${int} NOT NULL,
  PRIMARY KEY (site, terminal, epoch)
)${keyed}
;
CREATE TABLE enrolment_code (
  site ${int} NOT NULL,
  code_hash ${bytes} NOT NULL,
  terminal_name ${text} NOT NULL,
  terminal ${int} NOT NULL,
  created_at_ms ${int} NOT NULL,
  expires_at_ms ${int} NOT NULL,
  used_at_ms ${int} NOT NULL,
  created_by ${text} NOT NULL,
  PRIMARY KEY (site, code_hash)
)${keyed}
;
CREATE UNIQUE INDEX enrolment_code_by_hash ON enrolment_code (code_hash)
;
CREATE TABLE record_batch (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  first_seq ${int} NOT NULL,
  last_seq ${int} NOT NULL,
  bytes ${bytes} NOT NULL,
  at_ms ${int} NOT NULL
)${strict}
;
CREATE UNIQUE INDEX record_batch_by_seq ON record_batch (site, terminal, first_seq, last_seq)
;
CREATE TABLE record_key (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  kind ${int} NOT NULL,
  hash ${bytes} NOT NULL,
  batch ${int} NOT NULL,
  transaction_id ${bytes},
  PRIMARY KEY (site, terminal, seq)
)${keyed}
;
CREATE TABLE fork_record (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  losing ${int} NOT NULL,
  hash ${bytes} NOT NULL,
  bytes ${bytes} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, terminal, seq, losing, hash)
)${keyed}
;
CREATE TABLE account (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  number ${text} NOT NULL,
  holder_name ${text} NOT NULL,
  status ${int} NOT NULL,
  restricted ${int} NOT NULL,
  may_spend ${int} NOT NULL,
  enable_offline ${int} NOT NULL,
  per_tap_minor ${int} NOT NULL,
  per_day_minor ${int} NOT NULL,
  currency ${text} NOT NULL,
  cash_ledger ${int} NOT NULL,
  PRIMARY KEY (site, account)
)${keyed}
;
CREATE UNIQUE INDEX account_by_number ON account (site, number)
;
CREATE TABLE card (
  site ${int} NOT NULL,
  card ${int} NOT NULL,
  token ${bytes} NOT NULL,
  account ${int} NOT NULL,
  status ${int} NOT NULL,
  operator_card ${int} NOT NULL,
  PRIMARY KEY (site, card)
)${keyed}
;
CREATE UNIQUE INDEX card_by_token ON card (site, token)
;
CREATE INDEX card_by_account ON card (site, account)
;
CREATE TABLE ledger_account (
  site ${int} NOT NULL,
  ledger ${int} NOT NULL,
  kind ${int} NOT NULL,
  owner ${int} NOT NULL,
  asset ${text} NOT NULL,
  posted_debits ${int} NOT NULL,
  posted_credits ${int} NOT NULL,
  held ${int} NOT NULL,
  floor ${int} NOT NULL,
  version ${int} NOT NULL,
  spent_day ${int} NOT NULL,
  spent_today ${int} NOT NULL,
  PRIMARY KEY (site, ledger)
)${keyed}
;
CREATE UNIQUE INDEX ledger_account_by_owner ON ledger_account (site, kind, owner, asset)
;
CREATE TABLE transfer (
  site ${int} NOT NULL,
  transfer ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  leg ${int} NOT NULL,
  debit ${int} NOT NULL,
  credit ${int} NOT NULL,
  asset ${text} NOT NULL,
  amount ${int} NOT NULL CHECK (amount > 0),
  kind ${int} NOT NULL,
  reason ${text} NOT NULL,
  pending ${int},
  at_ms ${int} NOT NULL,
  debit_after ${int} NOT NULL,
  credit_after ${int} NOT NULL,
  PRIMARY KEY (site, transfer),
  CHECK (debit <> credit)
)${keyed}
;
CREATE UNIQUE INDEX transfer_by_pending ON transfer (site, pending) WHERE pending IS NOT NULL
;
CREATE TABLE business_transaction (
  site ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  kind ${int} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL,
  asset ${text} NOT NULL,
  offline_flag ${int} NOT NULL,
  sync_status ${int} NOT NULL,
  reverses ${bytes},
  first_transfer ${int} NOT NULL,
  terminal_ms ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, transaction_id)
)${keyed}
;
CREATE UNIQUE INDEX transaction_by_reversed ON business_transaction (site, reverses) WHERE reverses IS NOT NULL
;
CREATE TABLE ${authorization} (
  site ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  terminal ${int} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL,
  asset ${text} NOT NULL,
  outcome ${int} NOT NULL,
  reason ${text} NOT NULL,
  hold ${int} NOT NULL,
  hold_expires_ms ${int} NOT NULL,
  available_before ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, transaction_id)
)${keyed}
;
CREATE TABLE hold (
  site ${int} NOT NULL,
  hold ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  terminal ${int} NOT NULL,
  account ${int} NOT NULL,
  ledger ${int} NOT NULL,
  credit ${int} NOT NULL,
  amount ${int} NOT NULL,
  asset ${text} NOT NULL,
  expires_ms ${int} NOT NULL,
  state ${int} NOT NULL,
  ended_by ${int} NOT NULL,
  ended_at_ms ${int} NOT NULL,
  PRIMARY KEY (site, hold)
)${keyed}
;
CREATE UNIQUE INDEX hold_by_transaction ON hold (site, transaction_id)
;
CREATE INDEX hold_open ON hold (site, hold) WHERE state = 1
;
CREATE TABLE exception (
  site ${int} NOT NULL,
  exception ${int} NOT NULL,
  kind ${text} NOT NULL,
  unique_key ${text} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  transaction_id ${bytes},
  account ${int} NOT NULL,
  amount ${int} NOT NULL,
  detail ${text} NOT NULL,
  raised_at_ms ${int} NOT NULL,
  resolution ${text} NOT NULL,
  resolved_by ${text} NOT NULL,
  resolved_at_ms ${int} NOT NULL,
  PRIMARY KEY (site, exception)
)${keyed}
;
CREATE UNIQUE INDEX exception_by_key ON exception (site, unique_key)
;
CREATE INDEX exception_open ON exception (site, exception) WHERE resolved_at_ms = 0
;
CREATE TABLE account_change (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  version ${int} NOT NULL,
  PRIMARY KEY (site, account)
)${keyed}
;
CREATE INDEX account_change_by_version ON account_change (site, version)
;
CREATE TABLE deny (
  site ${int} NOT NULL,
  token ${bytes} NOT NULL,
  version ${int} NOT NULL,
  denied ${int} NOT NULL,
  PRIMARY KEY (site, token)
)${keyed}
;
CREATE INDEX deny_by_version ON deny (site, version)
;
${append_only transfer}
;
${append_only business_transaction}
;
${append_only record_batch}
;
${append_only record_key}
;
${append_only fork_record}
;
${append_only authorization}
;
