CREATE TABLE audit_event (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  at_ms ${int} NOT NULL,
  actor ${text} NOT NULL,
  action ${text} NOT NULL,
  object ${text} NOT NULL,
  state_before ${text} NOT NULL,
  state_after ${text} NOT NULL,
  reason ${text} NOT NULL,
  hash ${bytes} NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (site, number)
)${keyed}
;
CREATE TABLE audit_root (
  site ${int} NOT NULL,
  day ${int} NOT NULL,
  number ${int} NOT NULL,
  hash ${bytes} NOT NULL CHECK (length(hash) = 32),
  signature ${bytes} NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (site, day)
)${keyed}
;
${append_only audit_event}
;
${append_only audit_root}
;
