CREATE TABLE admin_log (
  site ${int} NOT NULL,
  entry ${int} NOT NULL,
  at_ms ${int} NOT NULL,
  operator ${text} NOT NULL,
  command ${text} NOT NULL,
  detail ${text} NOT NULL,
  PRIMARY KEY (site, entry)
)${keyed}
;
${append_only admin_log}
;
