-- Who changed an account stands in its log, which has its limits, credit and switches too from here on; rows of the time before
-- say neither who nor when.
ALTER TABLE account_event ADD COLUMN operator ${text} NOT NULL DEFAULT ''
;
ALTER TABLE account_permission ADD COLUMN created_ms ${int} NOT NULL DEFAULT 0
;
ALTER TABLE account_permission ADD COLUMN changed_ms ${int} NOT NULL DEFAULT 0
;
ALTER TABLE account_relation ADD COLUMN created_ms ${int} NOT NULL DEFAULT 0
;
ALTER TABLE account_relation ADD COLUMN changed_ms ${int} NOT NULL DEFAULT 0
;
DROP VIEW t_consume_account
;
DROP VIEW t_account
;
DROP VIEW t_account_permission
;
DROP VIEW t_account_relation
;
CREATE VIEW t_consume_account AS
SELECT
  x.site AS site,
  x.account AS account_id,
  x.user_id AS user_id,
  x.number AS account_no,
  CASE x.kind WHEN 1 THEN 1 WHEN 4 THEN 3 ELSE 2 END AS account_type,
  CASE x.status WHEN 0 THEN 3 WHEN 3 THEN 4 ELSE x.status END AS account_status,
  ${money x.balance} AS current_balance,
  ${money x.available} AS available_balance,
  ${money x.held} AS frozen_amount,
  ${money x.credit} AS credit_limit,
  ${money x.per_month_minor} AS monthly_limit,
  ${money x.per_day_minor} AS daily_limit,
  ${money x.per_tap_minor} AS single_limit,
  x.card_count AS card_count,
  x.primary_card_id AS primary_card_id,
  x.enable_online AS enable_online,
  x.enable_offline AS enable_offline,
  ${time x.last_consume_ms} AS last_consume_time,
  CAST(NULL AS ${timestamp}) AS last_login_time,
  x.password_salt AS password_salt,
  x.security_question AS security_question,
  x.security_answer AS security_answer,
  x.remark AS remark,
  ${time x.opened_ms} AS create_time,
  ${time x.update_ms} AS update_time,
  x.opener AS create_user_id,
  x.changer AS update_user_id,
  x.deleted AS deleted_flag,
  x.currency AS currency
FROM (
  SELECT y.*, CASE WHEN y.last_ms > y.touched_ms THEN y.last_ms ELSE y.touched_ms END AS update_ms FROM (
  SELECT a.site, a.account, a.number, a.status, a.per_month_minor, a.per_day_minor, a.per_tap_minor, a.enable_online,
    a.enable_offline, a.currency, p.kind, p.opened_ms, p.deleted,
    CASE WHEN p.owner_kind = 1 THEN nullif(p.owner, '') END AS user_id,
    nullif(p.reason, '') AS remark,
    -- 16 bytes of salt stand before 32 bytes of hash in the stored text.
    CASE WHEN s.password <> '' THEN substr(s.password, length(s.password) - 65, 22) END AS password_salt,
    nullif(s.question, '') AS security_question,
    CASE WHEN s.answer <> '' THEN 'argon2id' END AS security_answer,
    l.posted_credits - l.posted_debits + CASE a.subsidised WHEN 0 THEN 0 ELSE (SELECT coalesce(sum((SELECT
      m.posted_credits - m.posted_debits FROM ledger_account m WHERE m.site = u.site AND m.ledger = u.ledger)), 0)
      FROM purse u WHERE u.site = a.site AND u.account = a.account) END AS balance,
    l.posted_credits - l.posted_debits - l.held + CASE a.subsidised WHEN 0 THEN 0 ELSE (SELECT coalesce(sum((SELECT
      m.posted_credits - m.posted_debits FROM ledger_account m WHERE m.site = u.site AND m.ledger = u.ledger)), 0)
      FROM purse u WHERE u.site = a.site AND u.account = a.account) END AS available,
    l.held AS held,
    CASE WHEN l.floor < 0 THEN -l.floor ELSE 0 END AS credit,
    (SELECT count(*) FROM card c WHERE c.site = a.site AND c.account = a.account AND c.status = 1) AS card_count,
    coalesce((SELECT c.card FROM card c WHERE c.site = a.site AND c.card = p.primary_card AND c.account = a.account
      AND c.status = 1),
      (SELECT min(c.card) FROM card c WHERE c.site = a.site AND c.account = a.account AND c.status = 1)) AS primary_card_id,
    (SELECT max(b.at_ms) FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 AND b.kind = 1) AS last_consume_ms,
    (SELECT b.at_ms FROM business_transaction b WHERE b.site = a.site AND b.account = a.account
      AND b.account > 0 AND b.first_transfer > 0 ORDER BY b.first_transfer DESC LIMIT 1) AS last_ms,
    coalesce((SELECT e.at_ms FROM account_event e WHERE e.site = a.site AND e.account = a.account
      ORDER BY e.entry DESC LIMIT 1), p.changed_ms) AS touched_ms,
    (SELECT nullif(e.operator, '') FROM account_event e WHERE e.site = a.site AND e.account = a.account
      AND e.event = 'OPENED' ORDER BY e.entry LIMIT 1) AS opener,
    (SELECT nullif(e.operator, '') FROM account_event e WHERE e.site = a.site AND e.account = a.account
      ORDER BY e.entry DESC LIMIT 1) AS changer
  FROM account a
  JOIN account_profile p ON p.site = a.site AND p.account = a.account
  JOIN ledger_account l ON l.site = a.site AND l.ledger = a.cash_ledger
  LEFT JOIN account_password s ON s.site = a.site AND s.account = a.account
  ) y
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
  SELECT y.*, CASE WHEN y.last_ms > y.touched_ms THEN y.last_ms ELSE y.touched_ms END AS update_ms FROM (
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
    coalesce((SELECT e.at_ms FROM account_event e WHERE e.site = a.site AND e.account = a.account
      ORDER BY e.entry DESC LIMIT 1), p.changed_ms) AS touched_ms
  FROM account a
  JOIN account_profile p ON p.site = a.site AND p.account = a.account
  JOIN ledger_account l ON l.site = a.site AND l.ledger = a.cash_ledger
  ) y
) x
;
CREATE VIEW t_account_permission AS
SELECT
  p.site AS site,
  p.account * 1000000 + p.number AS permission_id,
  p.account AS account_id,
  p.type AS permission_type,
  nullif(p.scope, '') AS permission_scope,
  ${money p.daily_minor} AS daily_limit,
  ${money p.monthly_minor} AS monthly_limit,
  ${money p.single_minor} AS single_limit,
  ${time p.from_ms} AS effective_time,
  ${time p.until_ms} AS expire_time,
  p.enabled AS status,
  ${time p.created_ms} AS create_time,
  ${time p.changed_ms} AS update_time,
  p.by_holder AS by_holder
FROM account_permission p
;
CREATE VIEW t_account_relation AS
SELECT
  r.site AS site,
  r.main * 1000000 + r.number AS relation_id,
  r.main AS main_account_id,
  r.sub AS sub_account_id,
  r.type AS relation_type,
  r.level AS relation_level,
  nullif(r.config, '') AS permission_config,
  r.enabled AS status,
  ${time r.created_ms} AS create_time,
  ${time r.changed_ms} AS update_time
FROM account_relation r
