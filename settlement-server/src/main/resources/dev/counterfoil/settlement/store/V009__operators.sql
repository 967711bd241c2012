CREATE TABLE operator (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  name ${text} NOT NULL,
  role ${text} NOT NULL,
  active ${int} NOT NULL,
  password ${text} NOT NULL,
  totp ${bytes} NOT NULL,
  recovery ${bytes} NOT NULL CHECK (length(recovery) % 32 = 0),
  failures ${int} NOT NULL,
  locked_until_ms ${int} NOT NULL,
  last_step ${int} NOT NULL,
  PRIMARY KEY (site, number),
  UNIQUE (site, name)
)${keyed}
;
${never_deleted operator}
;
CREATE TABLE operator_session (
  site ${int} NOT NULL,
  token ${bytes} NOT NULL CHECK (length(token) = 32),
  operator ${int} NOT NULL,
  role ${text} NOT NULL,
  begun_ms ${int} NOT NULL,
  last_used_ms ${int} NOT NULL,
  ended ${text} NOT NULL,
  ended_at_ms ${int} NOT NULL,
  PRIMARY KEY (site, token)
)${keyed}
;
CREATE INDEX operator_session_open ON operator_session (site, operator) WHERE ended = ''
;
CREATE TABLE approval (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  action ${text} NOT NULL,
  content ${bytes} NOT NULL CHECK (length(content) = 32),
  requester ${int} NOT NULL,
  expires_ms ${int} NOT NULL,
  state ${text} NOT NULL CHECK (state IN ('WAITING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'USED')),
  approver ${int} NOT NULL CHECK (approver <> requester),
  decided_at_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK (state IN ('WAITING', 'WITHDRAWN') OR approver > 0)
)${keyed}
;
${approval_closed}
;
${never_deleted approval}
;
