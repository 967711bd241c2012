-- What proves a holder (PAY-28, ACC-25): hashes only, never what was typed.
CREATE TABLE account_password (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  password ${text} NOT NULL,
  wrong ${int} NOT NULL CHECK (wrong >= 0),
  locked_until_ms ${int} NOT NULL,
  question ${text} NOT NULL,
  answer ${text} NOT NULL,
  changed_ms ${int} NOT NULL,
  PRIMARY KEY (site, account)
)${keyed}
;
