CREATE TABLE sync_log (
  site INTEGER NOT NULL,
  entry INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  started_ms INTEGER NOT NULL,
  ended_ms INTEGER NOT NULL,
  from_seq INTEGER NOT NULL,
  to_seq INTEGER NOT NULL,
  records INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  failures INTEGER NOT NULL,
  PRIMARY KEY (site, entry)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER sync_log_no_update BEFORE UPDATE ON sync_log BEGIN
  SELECT RAISE(ABORT, 'sync_log rows are never changed');
END
;
CREATE TRIGGER sync_log_no_delete BEFORE DELETE ON sync_log BEGIN
  SELECT RAISE(ABORT, 'sync_log rows are never changed');
END
;
