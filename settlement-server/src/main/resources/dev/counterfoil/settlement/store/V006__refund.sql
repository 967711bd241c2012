-- A sale is voided at most once, and refunded in any number of parts.
DROP INDEX transaction_by_reversed
;
CREATE UNIQUE INDEX transaction_by_voided ON business_transaction (site, reverses) WHERE reverses IS NOT NULL AND kind = 3
;
CREATE INDEX transaction_by_refunded ON business_transaction (site, reverses, transaction_id) WHERE reverses IS NOT NULL AND kind = 7
;
