-- `site` is first in every key. Statements end with a line that holds only a semicolon, because triggers contain some.
CREATE TABLE site (
  site INTEGER NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  currency TEXT NOT NULL
) STRICT
;
CREATE TABLE setting (
  site INTEGER NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (site, name)
) STRICT, WITHOUT ROWID
;
CREATE TABLE terminal (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  terminal_id BLOB NOT NULL,
  name TEXT NOT NULL,
  status INTEGER NOT NULL,
  board_serial TEXT NOT NULL,
  certificate_hash BLOB NOT NULL,
  genesis_due INTEGER NOT NULL,
  confirmed_epoch INTEGER NOT NULL,
  confirmed_nonce INTEGER NOT NULL,
  offered_epoch INTEGER,
  offered_nonce INTEGER,
  offered_at_ms INTEGER NOT NULL,
  boot_id BLOB,
  merchant_ledger INTEGER NOT NULL,
  drawer_ledger INTEGER NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (site, terminal)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX terminal_by_id ON terminal (terminal_id)
;
CREATE TABLE terminal_head (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  received_seq INTEGER NOT NULL,
  received_hash BLOB NOT NULL,
  received_turnover INTEGER NOT NULL,
  settled_seq INTEGER NOT NULL,
  settled_hash BLOB NOT NULL,
  settled_turnover INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  epoch_nonce INTEGER NOT NULL,
  verified_seq INTEGER NOT NULL,
  safe_seq INTEGER NOT NULL,
  safe_hash BLOB NOT NULL,
  safe_turnover INTEGER NOT NULL,
  bad_seq INTEGER NOT NULL,
  ack_number INTEGER NOT NULL,
  anchor_id INTEGER NOT NULL,
  PRIMARY KEY (site, terminal)
) STRICT, WITHOUT ROWID
;
CREATE TABLE terminal_key (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  key_id INTEGER NOT NULL,
  algorithm INTEGER NOT NULL,
  public_key BLOB NOT NULL,
  from_seq INTEGER NOT NULL,
  until_seq INTEGER NOT NULL,
  revoked INTEGER NOT NULL,
  PRIMARY KEY (site, terminal, key_id)
) STRICT, WITHOUT ROWID
;
CREATE TABLE terminal_epoch (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  epoch INTEGER NOT NULL,
  nonce INTEGER NOT NULL,
  offered_at_ms INTEGER NOT NULL,
  vouched INTEGER NOT NULL,
  PRIMARY KEY (site, terminal, epoch)
) STRICT, WITHOUT ROWID
;
CREATE TABLE enrolment_code (
  site INTEGER NOT NULL,
  code_hash BLOB NOT NULL,
  terminal_name TEXT NOT NULL,
  terminal INTEGER NOT NULL,
  created_at_ms INTEGER NOT NULL,
  expires_at_ms INTEGER NOT NULL,
  used_at_ms INTEGER NOT NULL,
  created_by TEXT NOT NULL,
  PRIMARY KEY (site, code_hash)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX enrolment_code_by_hash ON enrolment_code (code_hash)
;
CREATE TABLE record_batch (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  first_seq INTEGER NOT NULL,
  last_seq INTEGER NOT NULL,
  bytes BLOB NOT NULL,
  at_ms INTEGER NOT NULL
) STRICT
;
CREATE UNIQUE INDEX record_batch_by_seq ON record_batch (site, terminal, first_seq, last_seq)
;
CREATE TABLE record_key (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  hash BLOB NOT NULL,
  batch INTEGER NOT NULL,
  transaction_id BLOB,
  PRIMARY KEY (site, terminal, seq)
) STRICT, WITHOUT ROWID
;
CREATE TABLE fork_record (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  losing INTEGER NOT NULL,
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, terminal, seq, losing, hash)
) STRICT, WITHOUT ROWID
;
CREATE TABLE account (
  site INTEGER NOT NULL,
  account INTEGER NOT NULL,
  number TEXT NOT NULL,
  holder_name TEXT NOT NULL,
  status INTEGER NOT NULL,
  restricted INTEGER NOT NULL,
  may_spend INTEGER NOT NULL,
  enable_offline INTEGER NOT NULL,
  per_tap_minor INTEGER NOT NULL,
  per_day_minor INTEGER NOT NULL,
  currency TEXT NOT NULL,
  cash_ledger INTEGER NOT NULL,
  PRIMARY KEY (site, account)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX account_by_number ON account (site, number)
;
CREATE TABLE card (
  site INTEGER NOT NULL,
  card INTEGER NOT NULL,
  token BLOB NOT NULL,
  account INTEGER NOT NULL,
  status INTEGER NOT NULL,
  operator_card INTEGER NOT NULL,
  PRIMARY KEY (site, card)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX card_by_token ON card (site, token)
;
CREATE INDEX card_by_account ON card (site, account)
;
CREATE TABLE ledger_account (
  site INTEGER NOT NULL,
  ledger INTEGER NOT NULL,
  kind INTEGER NOT NULL,
  owner INTEGER NOT NULL,
  asset TEXT NOT NULL,
  posted_debits INTEGER NOT NULL,
  posted_credits INTEGER NOT NULL,
  held INTEGER NOT NULL,
  floor INTEGER NOT NULL,
  version INTEGER NOT NULL,
  spent_day INTEGER NOT NULL,
  spent_today INTEGER NOT NULL,
  PRIMARY KEY (site, ledger)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX ledger_account_by_owner ON ledger_account (site, kind, owner, asset)
;
CREATE TABLE transfer (
  site INTEGER NOT NULL,
  transfer INTEGER NOT NULL,
  transaction_id BLOB NOT NULL,
  leg INTEGER NOT NULL,
  debit INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  asset TEXT NOT NULL,
  amount INTEGER NOT NULL CHECK (amount > 0),
  kind INTEGER NOT NULL,
  reason TEXT NOT NULL,
  pending INTEGER,
  at_ms INTEGER NOT NULL,
  debit_after INTEGER NOT NULL,
  credit_after INTEGER NOT NULL,
  PRIMARY KEY (site, transfer),
  CHECK (debit <> credit)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX transfer_by_pending ON transfer (site, pending) WHERE pending IS NOT NULL
;
CREATE TABLE business_transaction (
  site INTEGER NOT NULL,
  transaction_id BLOB NOT NULL,
  kind INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  asset TEXT NOT NULL,
  offline_flag INTEGER NOT NULL,
  sync_status INTEGER NOT NULL,
  reverses BLOB,
  first_transfer INTEGER NOT NULL,
  terminal_ms INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, transaction_id)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX transaction_by_reversed ON business_transaction (site, reverses) WHERE reverses IS NOT NULL
;
CREATE TABLE authorization (
  site INTEGER NOT NULL,
  transaction_id BLOB NOT NULL,
  terminal INTEGER NOT NULL,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  asset TEXT NOT NULL,
  outcome INTEGER NOT NULL,
  reason TEXT NOT NULL,
  hold INTEGER NOT NULL,
  hold_expires_ms INTEGER NOT NULL,
  available_before INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, transaction_id)
) STRICT, WITHOUT ROWID
;
CREATE TABLE hold (
  site INTEGER NOT NULL,
  hold INTEGER NOT NULL,
  transaction_id BLOB NOT NULL,
  terminal INTEGER NOT NULL,
  account INTEGER NOT NULL,
  ledger INTEGER NOT NULL,
  credit INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  asset TEXT NOT NULL,
  expires_ms INTEGER NOT NULL,
  state INTEGER NOT NULL,
  ended_by INTEGER NOT NULL,
  ended_at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, hold)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX hold_by_transaction ON hold (site, transaction_id)
;
CREATE INDEX hold_open ON hold (site, hold) WHERE state = 1
;
CREATE TABLE exception (
  site INTEGER NOT NULL,
  exception INTEGER NOT NULL,
  kind TEXT NOT NULL,
  unique_key TEXT NOT NULL,
  terminal INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  transaction_id BLOB,
  account INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  detail TEXT NOT NULL,
  raised_at_ms INTEGER NOT NULL,
  resolution TEXT NOT NULL,
  resolved_by TEXT NOT NULL,
  resolved_at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, exception)
) STRICT, WITHOUT ROWID
;
CREATE UNIQUE INDEX exception_by_key ON exception (site, unique_key)
;
CREATE INDEX exception_open ON exception (site, exception) WHERE resolved_at_ms = 0
;
CREATE TABLE account_change (
  site INTEGER NOT NULL,
  account INTEGER NOT NULL,
  version INTEGER NOT NULL,
  PRIMARY KEY (site, account)
) STRICT, WITHOUT ROWID
;
CREATE INDEX account_change_by_version ON account_change (site, version)
;
CREATE TABLE deny (
  site INTEGER NOT NULL,
  token BLOB NOT NULL,
  version INTEGER NOT NULL,
  denied INTEGER NOT NULL,
  PRIMARY KEY (site, token)
) STRICT, WITHOUT ROWID
;
CREATE INDEX deny_by_version ON deny (site, version)
;
CREATE TRIGGER transfer_no_update BEFORE UPDATE ON transfer BEGIN
  SELECT RAISE(ABORT, 'transfer rows are never changed');
END
;
CREATE TRIGGER transfer_no_delete BEFORE DELETE ON transfer BEGIN
  SELECT RAISE(ABORT, 'transfer rows are never changed');
END
;
CREATE TRIGGER business_transaction_no_update BEFORE UPDATE ON business_transaction BEGIN
  SELECT RAISE(ABORT, 'business_transaction rows are never changed');
END
;
CREATE TRIGGER business_transaction_no_delete BEFORE DELETE ON business_transaction BEGIN
  SELECT RAISE(ABORT, 'business_transaction rows are never changed');
END
;
CREATE TRIGGER record_batch_no_update BEFORE UPDATE ON record_batch BEGIN
  SELECT RAISE(ABORT, 'record_batch rows are never changed');
END
;
CREATE TRIGGER record_batch_no_delete BEFORE DELETE ON record_batch BEGIN
  SELECT RAISE(ABORT, 'record_batch rows are never changed');
END
;
CREATE TRIGGER record_key_no_update BEFORE UPDATE ON record_key BEGIN
  SELECT RAISE(ABORT, 'record_key rows are never changed');
END
;
CREATE TRIGGER record_key_no_delete BEFORE DELETE ON record_key BEGIN
  SELECT RAISE(ABORT, 'record_key rows are never changed');
END
;
CREATE TRIGGER fork_record_no_update BEFORE UPDATE ON fork_record BEGIN
  SELECT RAISE(ABORT, 'fork_record rows are never changed');
END
;
CREATE TRIGGER fork_record_no_delete BEFORE DELETE ON fork_record BEGIN
  SELECT RAISE(ABORT, 'fork_record rows are never changed');
END
;
CREATE TRIGGER authorization_no_update BEFORE UPDATE ON authorization BEGIN
  SELECT RAISE(ABORT, 'authorization rows are never changed');
END
;
CREATE TRIGGER authorization_no_delete BEFORE DELETE ON authorization BEGIN
  SELECT RAISE(ABORT, 'authorization rows are never changed');
END
;
