-- What a tap must know of an account stays in its row; all else is in the profile, which no tap reads.
ALTER TABLE account ADD COLUMN enable_online ${int} NOT NULL DEFAULT 1
;
ALTER TABLE account ADD COLUMN per_month_minor ${int} NOT NULL DEFAULT 0
;
ALTER TABLE account ADD COLUMN guarded ${int} NOT NULL DEFAULT 0
;
ALTER TABLE ledger_account ADD COLUMN spent_this_month ${int} NOT NULL DEFAULT 0
;
ALTER TABLE card ADD COLUMN expires_ms ${int} NOT NULL DEFAULT 0
;
CREATE INDEX card_expiring ON card (site, expires_ms) WHERE expires_ms > 0 AND status = 1
;
CREATE TABLE account_profile (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  kind ${int} NOT NULL,
  owner_kind ${int} NOT NULL,
  owner ${text} NOT NULL,
  account_name ${text} NOT NULL,
  is_primary ${int} NOT NULL,
  approved ${int} NOT NULL,
  opened_ms ${int} NOT NULL,
  changed_ms ${int} NOT NULL,
  expires_ms ${int} NOT NULL,
  freeze_kind ${text} NOT NULL,
  reason ${text} NOT NULL,
  due_ms ${int} NOT NULL,
  primary_card ${int} NOT NULL,
  deleted ${int} NOT NULL,
  PRIMARY KEY (site, account)
)${keyed}
;
CREATE INDEX account_profile_due ON account_profile (site, due_ms) WHERE due_ms > 0
;
CREATE INDEX account_profile_owner ON account_profile (site, owner) WHERE owner <> ''
;
-- Accounts of the time before are personal ones, and nobody knows since when they are as they are.
INSERT INTO account_profile (site, account, kind, owner_kind, owner, account_name, is_primary, approved, opened_ms,
  changed_ms, expires_ms, freeze_kind, reason, due_ms, primary_card, deleted)
SELECT site, account, 1, 1, '', '', 1, 1, 0, 0, 0, '', '', 0, 0, 0 FROM account
;
CREATE TABLE account_event (
  site ${int} NOT NULL,
  entry ${int} NOT NULL,
  account ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  event ${text} NOT NULL,
  status_before ${int} NOT NULL,
  status_after ${int} NOT NULL,
  detail ${text} NOT NULL,
  PRIMARY KEY (site, entry)
)${keyed}
;
CREATE INDEX account_event_by_account ON account_event (site, account, entry)
;
${append_only account_event}
;
CREATE TABLE account_permission (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  number ${int} NOT NULL,
  type ${int} NOT NULL,
  by_holder ${int} NOT NULL,
  scope ${text} NOT NULL,
  single_minor ${int} NOT NULL CHECK (single_minor >= 0),
  daily_minor ${int} NOT NULL CHECK (daily_minor >= 0),
  monthly_minor ${int} NOT NULL CHECK (monthly_minor >= 0),
  from_ms ${int} NOT NULL,
  until_ms ${int} NOT NULL,
  enabled ${int} NOT NULL,
  PRIMARY KEY (site, account, number)
)${keyed}
;
CREATE TABLE account_relation (
  site ${int} NOT NULL,
  main ${int} NOT NULL,
  number ${int} NOT NULL,
  sub ${int} NOT NULL CHECK (sub <> main),
  type ${int} NOT NULL,
  level ${int} NOT NULL,
  config ${text} NOT NULL,
  enabled ${int} NOT NULL,
  PRIMARY KEY (site, main, number)
)${keyed}
;
CREATE UNIQUE INDEX account_relation_once ON account_relation (site, sub, main, type)
;
