CREATE TABLE intent (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  transaction_id BLOB NOT NULL,
  amount INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  asked INTEGER NOT NULL,
  ended_by INTEGER NOT NULL,
  PRIMARY KEY (site, terminal, seq)
) STRICT, WITHOUT ROWID
;
CREATE INDEX intent_open ON intent (site, terminal, seq) WHERE ended_by = 0
;
