-- When a password became what it is. Those of the time before count from here on.
ALTER TABLE operator ADD COLUMN password_set_ms ${int} NOT NULL DEFAULT 0
;
UPDATE operator SET password_set_ms = ${now_ms}
