CREATE TABLE audit_event (
  site INTEGER NOT NULL,
  number INTEGER NOT NULL CHECK (number > 0),
  at_ms INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  state_before TEXT NOT NULL,
  state_after TEXT NOT NULL,
  reason TEXT NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  PRIMARY KEY (site, number)
) STRICT, WITHOUT ROWID
;
CREATE TABLE audit_root (
  site INTEGER NOT NULL,
  day INTEGER NOT NULL,
  number INTEGER NOT NULL,
  hash BLOB NOT NULL CHECK (length(hash) = 32),
  signature BLOB NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (site, day)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event BEGIN
  SELECT RAISE(ABORT, 'audit_event rows are never changed');
END
;
CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event BEGIN
  SELECT RAISE(ABORT, 'audit_event rows are never changed');
END
;
CREATE TRIGGER audit_root_no_update BEFORE UPDATE ON audit_root BEGIN
  SELECT RAISE(ABORT, 'audit_root rows are never changed');
END
;
CREATE TRIGGER audit_root_no_delete BEFORE DELETE ON audit_root BEGIN
  SELECT RAISE(ABORT, 'audit_root rows are never changed');
END
;
