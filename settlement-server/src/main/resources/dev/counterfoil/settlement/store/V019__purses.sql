-- Subsidies: one purse a grant, spent before the account's own money. Its money is in the ledger account of the same number.
ALTER TABLE account ADD COLUMN subsidised ${int} NOT NULL DEFAULT 0
;
CREATE TABLE purse (
  site ${int} NOT NULL,
  ledger ${int} NOT NULL,
  account ${int} NOT NULL,
  funding ${int} NOT NULL,
  name ${text} NOT NULL CHECK (name <> ''),
  expires_ms ${int} NOT NULL,
  due_ms ${int} NOT NULL,
  live ${int} NOT NULL CHECK (live IN (0, 1)),
  PRIMARY KEY (site, ledger)
)${keyed}
;
CREATE UNIQUE INDEX purse_once ON purse (site, account, name)
;
CREATE INDEX purse_due ON purse (site, due_ms) WHERE due_ms > 0
;
