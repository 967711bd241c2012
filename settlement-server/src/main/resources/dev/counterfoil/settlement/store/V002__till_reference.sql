CREATE TABLE till_reference (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  reference ${text} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  seq ${int} NOT NULL,
  amount ${int} NOT NULL,
  PRIMARY KEY (site, terminal, reference)
)${keyed}
;
${append_only till_reference}
;
