-- A recharge that came by a channel, and whatever goes back there, is shown under the channel's method (C-05): its clearing account
-- has the method's code for an owner.
DROP VIEW t_consume_transaction
;
CREATE VIEW t_consume_transaction AS
SELECT
  x.site AS site,
  ${hex x.transaction_id} AS transaction_id,
  ${hex x.transaction_id} AS transaction_no,
  x.user_id AS user_id,
  x.account AS account_id,
  CAST(NULL AS ${int}) AS card_id,
  nullif(x.terminal, 0) AS device_id,
  CAST(NULL AS ${int}) AS device_type,
  CASE x.kind WHEN 1 THEN 1 WHEN 2 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 2 WHEN 7 THEN 3 WHEN 8 THEN 4 WHEN 11 THEN 5
    WHEN 12 THEN 7 WHEN 6 THEN 7 WHEN 3 THEN 8 WHEN 13 THEN 8 WHEN 9 THEN 9 WHEN 10 THEN 10 END AS transaction_type,
  CASE WHEN x.channel IS NOT NULL THEN x.channel
    WHEN x.posted_as IN ('CASH_SALE', 'RECHARGE_CASH', 'WITHDRAWAL_CASH') OR x.of_kind IN (2, 5) THEN 1
    WHEN x.posted_as = 'WITHDRAWAL_BANK' THEN 7 ELSE 5 END AS payment_method,
  ${money x.minor} AS original_amount,
  ${money x.none} AS discount_amount,
  ${money x.minor} AS actual_amount,
  ${money x.before_minor} AS before_balance,
  ${money x.after_minor} AS after_balance,
  CASE WHEN x.kind = 4 THEN 4 WHEN x.first_transfer = 0 THEN 3 WHEN x.taken_back_ms > 0 THEN 4
    WHEN x.paid_back >= x.minor THEN 5 ELSE 2 END AS transaction_status,
  x.failure_reason AS failure_reason,
  x.merchant AS merchant_id,
  CAST(NULL AS TEXT) AS merchant_name,
  CAST(NULL AS ${int}) AS category_id,
  CAST(NULL AS TEXT) AS category_name,
  CAST(NULL AS TEXT) AS product_id,
  CAST(NULL AS TEXT) AS product_name,
  CAST(NULL AS ${int}) AS quantity,
  CAST(NULL AS NUMERIC(15, 2)) AS unit_price,
  CAST(NULL AS ${int}) AS location_id,
  CAST(NULL AS TEXT) AS location_name,
  CAST(NULL AS TEXT) AS consumer_ip,
  CAST(NULL AS ${int}) AS risk_level,
  x.offline_flag AS offline_flag,
  x.sync_status AS sync_status,
  ${time x.at_ms} AS create_time,
  ${time x.update_ms} AS update_time,
  x.operator AS create_user_id,
  CAST(NULL AS TEXT) AS update_user_id,
  0 AS deleted_flag,
  ${time x.terminal_ms} AS transaction_time,
  x.asset AS currency,
  x.at_ms AS create_ms
FROM (
  SELECT b.site, b.transaction_id, b.kind, b.terminal, b.account, b.asset, b.offline_flag, b.sync_status,
    b.first_transfer, b.terminal_ms, b.at_ms, abs(b.amount) AS minor, 0 AS none,
    CASE WHEN p.owner_kind = 1 THEN nullif(p.owner, '') END AS user_id,
    f.reason AS posted_as,
    o.kind AS of_kind,
    CASE WHEN f.debit = a.cash_ledger THEN f.debit_after + CASE WHEN f.kind IN (1, 3) THEN f.amount ELSE 0 END
      WHEN f.credit = a.cash_ledger THEN f.credit_after - CASE WHEN f.kind IN (1, 3) THEN f.amount ELSE 0 END
    END AS before_minor,
    (SELECT CASE WHEN l.debit = a.cash_ledger THEN l.debit_after ELSE l.credit_after END FROM transfer l
      WHERE l.site = b.site AND l.transfer >= b.first_transfer AND l.transfer < b.first_transfer + 16
        AND l.transaction_id = b.transaction_id AND (l.debit = a.cash_ledger OR l.credit = a.cash_ledger)
      ORDER BY l.transfer DESC LIMIT 1) AS after_minor,
    (SELECT v.at_ms FROM business_transaction v
      WHERE v.site = b.site AND v.reverses = b.transaction_id AND v.kind IN (3, 13)) AS taken_back_ms,
    (SELECT sum(abs(r.amount)) FROM business_transaction r
      WHERE r.site = b.site AND r.reverses = b.transaction_id AND r.kind IN (7, 8)) AS paid_back,
    coalesce((SELECT v.at_ms FROM business_transaction v
      WHERE v.site = b.site AND v.reverses = b.transaction_id AND v.kind IN (3, 13)),
      (SELECT max(r.at_ms) FROM business_transaction r
      WHERE r.site = b.site AND r.reverses = b.transaction_id AND r.kind IN (7, 8)), b.at_ms) AS update_ms,
    CASE WHEN b.kind = 4 THEN nullif(u.reason, '') END AS failure_reason,
    m.owner AS merchant,
    c.owner AS channel,
    nullif(n.operator, '') AS operator
  FROM report_transaction b
  LEFT JOIN account a ON a.site = b.site AND a.account = b.account
  LEFT JOIN account_profile p ON p.site = b.site AND p.account = b.account
  LEFT JOIN transfer f ON f.site = b.site AND f.transfer = b.first_transfer
  LEFT JOIN ledger_account m ON m.site = b.site AND m.kind = 2
    AND m.ledger = CASE WHEN b.kind IN (1, 2) THEN f.credit ELSE f.debit END
  LEFT JOIN ledger_account c ON c.site = b.site AND c.kind = 6
    AND c.ledger = CASE WHEN b.kind = 5 THEN f.debit ELSE f.credit END
  LEFT JOIN business_transaction o ON o.site = b.site AND o.transaction_id = b.reverses
  LEFT JOIN ${authorization} u ON u.site = b.site AND u.transaction_id = b.transaction_id
  LEFT JOIN transaction_note n ON n.site = b.site AND n.transaction_id = b.transaction_id
) x
