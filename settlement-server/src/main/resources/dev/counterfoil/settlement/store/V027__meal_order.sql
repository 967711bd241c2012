-- Meals that holders order for a day and collect at a counter, and which records collected them (ADR 0034).
CREATE TABLE meal_order (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  account ${int} NOT NULL CHECK (account > 0),
  day ${int} NOT NULL CHECK (day BETWEEN 19700101 AND 99991231),
  meal_period ${int} NOT NULL CHECK (meal_period BETWEEN 1 AND 5),
  copies ${int} NOT NULL CHECK (copies BETWEEN 1 AND 99),
  total_minor ${int} NOT NULL CHECK (total_minor >= 0),
  dish ${text} NOT NULL CHECK (dish <> ''),
  source ${text} NOT NULL,
  reference ${text} NOT NULL,
  operator ${text} NOT NULL,
  placed_ms ${int} NOT NULL,
  state ${text} NOT NULL CHECK (state IN ('OPEN', 'COLLECTED', 'CANCELLED')),
  cancelled_ms ${int} NOT NULL,
  cancelled_by ${text} NOT NULL,
  transaction_id ${bytes},
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  collected_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK ((state = 'COLLECTED') = (transaction_id IS NOT NULL)),
  CHECK (state <> 'CANCELLED' OR cancelled_ms > 0),
  CHECK (state <> 'OPEN' OR cancelled_ms = 0)
)${keyed}
;
CREATE INDEX meal_order_by_account ON meal_order (site, account, day)
;
CREATE INDEX meal_order_by_day ON meal_order (site, day, number)
;
CREATE UNIQUE INDEX meal_order_by_reference ON meal_order (site, source, reference) WHERE reference <> ''
;
${never_deleted meal_order}
;
-- Every settled record that names an order that exists. More than one that was not taken back is one too many, and stands in the
-- exception queue.
CREATE TABLE meal_collection (
  site ${int} NOT NULL,
  terminal ${int} NOT NULL,
  seq ${int} NOT NULL,
  number ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  at_ms ${int} NOT NULL,
  voided_ms ${int} NOT NULL,
  PRIMARY KEY (site, terminal, seq)
)${keyed}
;
CREATE INDEX meal_collection_by_order ON meal_collection (site, number)
;
CREATE INDEX meal_collection_by_transaction ON meal_collection (site, transaction_id)
;
${never_deleted meal_collection}
