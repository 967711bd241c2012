CREATE TABLE admin_log (
  site INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  at_ms INTEGER NOT NULL,
  operator TEXT NOT NULL,
  command TEXT NOT NULL,
  detail TEXT NOT NULL,
  PRIMARY KEY (site, entry)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER admin_log_no_update BEFORE UPDATE ON admin_log BEGIN
  SELECT RAISE(ABORT, 'admin_log rows are never changed');
END
;
CREATE TRIGGER admin_log_no_delete BEFORE DELETE ON admin_log BEGIN
  SELECT RAISE(ABORT, 'admin_log rows are never changed');
END
;
