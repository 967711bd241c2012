-- What each terminal last said of itself. Nothing is decided by it; people read it.
CREATE TABLE terminal_condition (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  heard_ms ${int} NOT NULL,
  state ${text} NOT NULL,
  software ${text} NOT NULL,
  start_cause ${text} NOT NULL,
  starts ${int} NOT NULL,
  started_ms ${int} NOT NULL,
  records ${int} NOT NULL,
  capacity ${int} NOT NULL,
  unsent ${int} NOT NULL,
  time_quality ${int} NOT NULL,
  clock_ahead_ms ${int} NOT NULL,
  snapshot_version ${int} NOT NULL,
  deny_version ${int} NOT NULL,
  devices ${text} NOT NULL,
  PRIMARY KEY (site, terminal)
)${keyed}
