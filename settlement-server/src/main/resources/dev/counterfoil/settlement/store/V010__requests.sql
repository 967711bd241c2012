CREATE TABLE api_answer (
  site ${int} NOT NULL,
  caller ${text} NOT NULL,
  request_key ${text} NOT NULL,
  content ${bytes} NOT NULL CHECK (length(content) = 32),
  status ${int} NOT NULL,
  body ${text} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, caller, request_key)
)${keyed}
;
CREATE INDEX api_answer_by_age ON api_answer (site, at_ms)
;
ALTER TABLE operator ADD COLUMN password_due ${int} NOT NULL DEFAULT 0
;
ALTER TABLE approval ADD COLUMN shown ${text} NOT NULL DEFAULT ''
