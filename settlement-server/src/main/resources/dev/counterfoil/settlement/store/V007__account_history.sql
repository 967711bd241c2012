-- An account's balance changes in their order; declines and cash sales change no holder's balance and are not in it.
CREATE INDEX transaction_by_account ON business_transaction (site, account, first_transfer) WHERE account > 0 AND first_transfer > 0
;
