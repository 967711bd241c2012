-- Accounts that came of another system's, each once; sales that came of it have a transaction of kind 30 and stand in its note.
CREATE TABLE imported_account (
  site ${int} NOT NULL,
  source ${text} NOT NULL CHECK (source <> ''),
  reference ${text} NOT NULL CHECK (reference <> ''),
  account ${int} NOT NULL,
  content ${bytes} NOT NULL CHECK (length(content) = 32),
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, source, reference)
)${keyed}
;
${append_only imported_account}
;
DROP VIEW t_consume_transaction
;
DROP VIEW consumption_transaction
;
DROP VIEW t_account
;
CREATE VIEW t_consume_transaction AS
SELECT
  x.site AS site,
  ${hex x.transaction_id} AS transaction_id,
  ${hex x.transaction_id} AS transaction_no,
  x.user_id AS user_id,
  x.account AS account_id,
  nullif(x.card, 0) AS card_id,
  nullif(x.terminal, 0) AS device_id,
  x.device_type AS device_type,
  CASE x.kind WHEN -1 THEN 1 WHEN -2 THEN 1 WHEN 1 THEN 1 WHEN 2 THEN 1 WHEN 4 THEN 1 WHEN 5 THEN 2 WHEN 7 THEN 3 WHEN 8 THEN 4 WHEN 11 THEN 5
    WHEN 12 THEN 7 WHEN 6 THEN 7 WHEN 3 THEN 8 WHEN 13 THEN 8 WHEN 9 THEN 9 WHEN 10 THEN 10
    WHEN 20 THEN 6 WHEN 21 THEN 6 WHEN 30 THEN 1 END AS transaction_type,
  CASE WHEN x.channel IS NOT NULL THEN x.channel
    WHEN x.kind <> 1 AND x.posted_as IN ('CASH_SALE', 'RECHARGE_CASH', 'WITHDRAWAL_CASH')
    OR x.of_kind IN (2, 5) THEN 1
    WHEN x.posted_as = 'WITHDRAWAL_BANK' THEN 7
    WHEN x.kind IN (20, 21) OR x.posted_as = 'SALE_SUBSIDY' AND x.before_minor - x.after_minor = x.first_minor THEN 10
    ELSE 5 END AS payment_method,
  ${money x.original_minor} AS original_amount,
  ${money x.discount_minor} AS discount_amount,
  ${money x.minor} AS actual_amount,
  ${money x.before_minor} AS before_balance,
  ${money x.after_minor} AS after_balance,
  CASE x.kind WHEN -1 THEN 1 WHEN -2 THEN 4 WHEN 4 THEN 4 ELSE CASE WHEN x.first_transfer = 0 THEN 3 WHEN x.taken_back_ms > 0 THEN 4
    WHEN x.paid_back >= x.minor THEN 5 ELSE 2 END END AS transaction_status,
  x.failure_reason AS failure_reason,
  x.merchant AS merchant_id,
  x.merchant_name AS merchant_name,
  x.category AS category_id,
  x.category_name AS category_name,
  x.product AS product_id,
  x.product_name AS product_name,
  x.quantity AS quantity,
  ${money x.unit_price_minor} AS unit_price,
  x.location AS location_id,
  x.location_name AS location_name,
  nullif(x.consumer_ip, '') AS consumer_ip,
  1 AS risk_level,
  x.offline_flag AS offline_flag,
  x.sync_status AS sync_status,
  ${time x.at_ms} AS create_time,
  ${time x.update_ms} AS update_time,
  x.operator AS create_user_id,
  x.changer AS update_user_id,
  0 AS deleted_flag,
  ${time x.terminal_ms} AS transaction_time,
  x.asset AS currency,
  x.at_ms AS create_ms,
  nullif(x.sub_type, '') AS sub_type,
  ${money x.payable_minor} AS payable_amount,
  ${money x.cash_minor} AS cash_amount,
  x.import_source AS import_source,
  x.import_reference AS external_order_no
FROM (
  SELECT b.site, b.transaction_id, b.kind, b.terminal, b.account, b.asset, b.offline_flag, b.sync_status,
    b.first_transfer, b.terminal_ms, b.at_ms, abs(b.amount) AS minor, abs(b.amount) + b.reduced_minor + b.discount_minor AS original_minor,
    b.discount_minor, abs(b.amount) + b.reduced_minor AS payable_minor, b.cash_minor, b.card, b.sub_type, b.consumer_ip,
    CASE WHEN b.terminal > 0 THEN coalesce(pl.device_type, 1) END AS device_type,
    nullif(pl.merchant_name, '') AS merchant_name, nullif(pl.location, 0) AS location,
    nullif(pl.location_name, '') AS location_name, nullif(g.category, 0) AS category,
    nullif(g.category_name, '') AS category_name, nullif(g.product, '') AS product,
    nullif(g.product_name, '') AS product_name, g.quantity, g.unit_price_minor, f.amount AS first_minor,
    CASE WHEN p.owner_kind = 1 THEN nullif(p.owner, '') END AS user_id,
    f.reason AS posted_as,
    o.kind AS of_kind,
    coalesce(b.balance_before, CASE WHEN f.debit = a.cash_ledger THEN f.debit_after + CASE WHEN f.kind IN (1, 3) THEN f.amount ELSE 0 END
      WHEN f.credit = a.cash_ledger THEN f.credit_after - CASE WHEN f.kind IN (1, 3) THEN f.amount ELSE 0 END
    END) AS before_minor,
    CASE WHEN b.kind < 0 THEN f.debit_after ELSE coalesce(b.balance_after, (SELECT CASE WHEN l.debit = a.cash_ledger THEN l.debit_after ELSE l.credit_after END FROM transfer l
      WHERE l.site = b.site AND l.transfer >= b.first_transfer AND l.transfer < b.first_transfer + 16
        AND l.transaction_id = b.transaction_id AND (l.debit = a.cash_ledger OR l.credit = a.cash_ledger)
      ORDER BY l.transfer DESC LIMIT 1)) END AS after_minor,
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
    k.owner AS channel,
    nullif(n.operator, '') AS operator,
    CASE WHEN b.kind = 30 THEN n.sub_type END AS import_source,
    CASE WHEN b.kind = 30 THEN n.reason END AS import_reference,
    coalesce((SELECT max(nullif(c.operator, '')) FROM business_transaction v JOIN transaction_note c
      ON c.site = v.site AND c.transaction_id = v.transaction_id
      WHERE v.site = b.site AND v.reverses = b.transaction_id AND v.kind IN (3, 13)),
      (SELECT max(nullif(c.operator, '')) FROM business_transaction r JOIN transaction_note c
      ON c.site = r.site AND c.transaction_id = r.transaction_id
      WHERE r.site = b.site AND r.reverses = b.transaction_id AND r.kind IN (7, 8)),
      nullif(n.operator, '')) AS changer
  FROM report_transaction b
  LEFT JOIN account a ON a.site = b.site AND a.account = b.account
  LEFT JOIN account_profile p ON p.site = b.site AND p.account = b.account
  LEFT JOIN transfer f ON f.site = b.site AND f.transfer = b.first_transfer
  LEFT JOIN ledger_account m ON m.site = b.site AND m.kind = 2
    AND m.ledger = CASE WHEN b.kind IN (-2, -1, 1, 2, 30) THEN f.credit ELSE f.debit END
  LEFT JOIN ledger_account k ON k.site = b.site AND k.kind = 6
    AND k.ledger = CASE WHEN b.kind = 5 THEN f.debit ELSE f.credit END
  LEFT JOIN business_transaction o ON o.site = b.site AND o.transaction_id = b.reverses
  LEFT JOIN ${authorization} u ON u.site = b.site AND u.transaction_id = b.transaction_id
  LEFT JOIN transaction_note n ON n.site = b.site AND n.transaction_id = b.transaction_id
  LEFT JOIN terminal_place pl ON pl.site = b.site AND pl.terminal = b.terminal
  LEFT JOIN sale_line g ON g.site = b.site AND g.transaction_id = b.transaction_id AND g.line = 1
) x
;
CREATE VIEW consumption_transaction AS
SELECT
  x.site AS site,
  x.first_transfer AS consumption_id,
  x.member_id AS member_id,
  nullif(x.card, 0) AS card_id,
  ${money x.original_minor} AS original_amount,
  ${money x.discount_minor} AS discount_amount,
  ${money x.payable_minor} AS payable_amount,
  ${money x.amount} AS paid_amount,
  CASE WHEN x.kind = 2 THEN 'CASH' WHEN x.cash_minor > 0 THEN 'BALANCE+CASH' ELSE 'BALANCE' END AS pay_channel,
  CASE WHEN x.taken_back_ms > 0 THEN 0 ELSE 1 END AS status,
  0 AS points_used,
  0 AS points_earned,
  x.reference AS external_order_no,
  x.remark AS remark,
  ${time x.at_ms} AS created_at,
  x.account AS account_id,
  ${hex x.transaction_id} AS transaction_id,
  x.asset AS currency,
  x.at_ms AS create_ms,
  nullif(x.sub_type, '') AS sub_type,
  ${money x.cash_minor} AS cash_amount,
  x.import_source AS import_source
FROM (
  SELECT b.site, b.transaction_id, b.kind, b.account, b.amount, b.asset, b.first_transfer, b.at_ms, b.card, b.sub_type,
    b.amount + b.reduced_minor + b.discount_minor AS original_minor, b.discount_minor,
    b.amount + b.reduced_minor AS payable_minor, CASE b.kind WHEN 2 THEN b.amount ELSE b.cash_minor END AS cash_minor,
    (SELECT max(nullif(c.reason, '')) FROM business_transaction r JOIN transaction_note c
      ON c.site = r.site AND c.transaction_id = r.transaction_id
      WHERE r.site = b.site AND r.reverses = b.transaction_id AND r.kind IN (7, 8)) AS remark,
    CASE WHEN p.owner_kind = 1 THEN nullif(p.owner, '') END AS member_id,
    (SELECT v.at_ms FROM business_transaction v
      WHERE v.site = b.site AND v.reverses = b.transaction_id AND v.kind IN (3, 13)) AS taken_back_ms,
    coalesce(t.reference, i.reason) AS reference,
    i.sub_type AS import_source
  FROM report_transaction b
  LEFT JOIN account_profile p ON p.site = b.site AND p.account = b.account
  LEFT JOIN till_reference t ON t.site = b.site AND t.terminal = b.terminal AND t.seq = b.seq
  LEFT JOIN transaction_note i ON i.site = b.site AND i.transaction_id = b.transaction_id AND b.kind = 30
  WHERE b.kind IN (1, 2, 30)
) x
;
CREATE VIEW t_account AS
SELECT
  x.site AS site,
  x.account AS account_id,
  x.number AS account_no,
  x.kind AS account_type,
  x.status AS account_status,
  x.owner_id AS owner_id,
  x.holder_name AS owner_name,
  x.owner_kind AS owner_type,
  x.account_name AS account_name,
  ${money x.balance} AS balance,
  ${money x.held} AS frozen_balance,
  ${money x.credit} AS credit_limit,
  ${money x.recharged} AS total_recharge,
  ${money x.consumed} AS total_consume,
  ${time x.last_ms} AS last_transaction_time,
  ${time x.last_recharge_ms} AS last_recharge_time,
  ${time x.opened_ms} AS create_time,
  ${time x.update_ms} AS update_time,
  x.deleted AS deleted_flag,
  x.currency AS currency
FROM (
  SELECT a.site, a.account, a.number, a.status, a.holder_name, a.currency, p.kind, p.owner_kind, p.opened_ms, p.deleted,
    nullif(p.owner, '') AS owner_id,
    nullif(p.account_name, '') AS account_name,
    l.posted_credits - l.posted_debits + CASE a.subsidised WHEN 0 THEN 0 ELSE (SELECT coalesce(sum((SELECT
      m.posted_credits - m.posted_debits FROM ledger_account m WHERE m.site = u.site AND m.ledger = u.ledger)), 0)
      FROM purse u WHERE u.site = a.site AND u.account = a.account) END AS balance,
    l.held AS held,
    CASE WHEN l.floor < 0 THEN -l.floor ELSE 0 END AS credit,
    (SELECT coalesce(sum(b.amount), 0) FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 AND b.kind = 5) AS recharged,
    (SELECT coalesce(sum(b.amount), 0) FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 AND b.kind IN (1, 3, 7, 30)) AS consumed,
    (SELECT b.at_ms FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 ORDER BY b.first_transfer DESC LIMIT 1) AS last_ms,
    (SELECT max(b.at_ms) FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 AND b.kind = 5) AS last_recharge_ms,
    coalesce((SELECT CASE WHEN b.at_ms > p.changed_ms THEN b.at_ms ELSE p.changed_ms END FROM business_transaction b
      WHERE b.site = a.site AND b.account = a.account AND b.account > 0 AND b.first_transfer > 0
      ORDER BY b.first_transfer DESC LIMIT 1), p.changed_ms) AS update_ms
  FROM account a
  JOIN account_profile p ON p.site = a.site AND p.account = a.account
  JOIN ledger_account l ON l.site = a.site AND l.ledger = a.cash_ledger
) x
;
