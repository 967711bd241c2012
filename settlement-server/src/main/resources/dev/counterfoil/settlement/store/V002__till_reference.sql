CREATE TABLE till_reference (
  site INTEGER NOT NULL,
  terminal INTEGER NOT NULL,
  reference TEXT NOT NULL,
  transaction_id BLOB NOT NULL,
  seq INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  PRIMARY KEY (site, terminal, reference)
) STRICT, WITHOUT ROWID
;
CREATE TRIGGER till_reference_no_update BEFORE UPDATE ON till_reference BEGIN
  SELECT RAISE(ABORT, 'till_reference rows are never changed');
END
;
CREATE TRIGGER till_reference_no_delete BEFORE DELETE ON till_reference BEGIN
  SELECT RAISE(ABORT, 'till_reference rows are never changed');
END
;
