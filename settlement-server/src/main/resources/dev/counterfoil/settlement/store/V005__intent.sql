CREATE TABLE intent (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  amount ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  asked ${int} NOT NULL,
  ended_by ${int} NOT NULL,
  PRIMARY KEY (site, terminal, seq)
)${keyed}
;
CREATE INDEX intent_open ON intent (site, terminal, seq) WHERE ended_by = 0
;
