CREATE TABLE sync_log (
  site ${int} NOT NULL,
  entry ${int} NOT NULL,
  terminal ${int} NOT NULL,
  outcome ${text} NOT NULL,
  started_ms ${int} NOT NULL,
  ended_ms ${int} NOT NULL,
  from_seq ${int} NOT NULL,
  to_seq ${int} NOT NULL,
  records ${int} NOT NULL,
  bytes ${int} NOT NULL,
  failures ${int} NOT NULL,
  PRIMARY KEY (site, entry)
)${keyed}
;
${append_only sync_log}
;
