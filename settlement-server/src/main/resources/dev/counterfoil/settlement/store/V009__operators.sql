CREATE TABLE operator (
  site INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  name TEXT NOT NULL,
  role TEXT NOT NULL,
  active INTEGER NOT NULL,
  password TEXT NOT NULL,
  totp BLOB NOT NULL,
  recovery BLOB NOT NULL CHECK (length(recovery) % 32 = 0),
  failures INTEGER NOT NULL,
  locked_until_ms INTEGER NOT NULL,
  last_step INTEGER NOT NULL,
  PRIMARY KEY (site, number),
  UNIQUE (site, name)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER operator_no_delete BEFORE DELETE ON operator BEGIN
  SELECT RAISE(ABORT, 'operator rows are never deleted');
END
;
CREATE TABLE operator_session (
  site INTEGER NOT NULL,
  token BLOB NOT NULL CHECK (length(token) = 32),
  operator INTEGER NOT NULL,
  role TEXT NOT NULL,
  begun_ms INTEGER NOT NULL,
  last_used_ms INTEGER NOT NULL,
  ended TEXT NOT NULL,
  ended_at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, token)
) STRICT, WITHOUT ROWID
;
CREATE INDEX operator_session_open ON operator_session (site, operator) WHERE ended = ''
;
CREATE TABLE approval (
  site INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  action TEXT NOT NULL,
  content BLOB NOT NULL CHECK (length(content) = 32),
  requester INTEGER NOT NULL,
  expires_ms INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('WAITING', 'APPROVED', 'REJECTED', 'WITHDRAWN', 'USED')),
  approver INTEGER NOT NULL CHECK (approver <> requester),
  decided_at_ms INTEGER NOT NULL,
  PRIMARY KEY (site, number),
  CHECK (state IN ('WAITING', 'WITHDRAWN') OR approver > 0)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER approval_no_other_content BEFORE UPDATE ON approval
WHEN OLD.action <> NEW.action OR OLD.content <> NEW.content OR OLD.requester <> NEW.requester
  OR OLD.expires_ms <> NEW.expires_ms OR OLD.state IN ('REJECTED', 'WITHDRAWN', 'USED') BEGIN
  SELECT RAISE(ABORT, 'what was asked for and what was decided is never changed');
END
;
CREATE TRIGGER approval_no_delete BEFORE DELETE ON approval BEGIN
  SELECT RAISE(ABORT, 'approval rows are never deleted');
END
;
