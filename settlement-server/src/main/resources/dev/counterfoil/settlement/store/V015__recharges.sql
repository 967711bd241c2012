-- Recharges that are not cash: orders at payment gateways, and what somebody announced with the proof in hand.
CREATE TABLE gateway_order (
  site ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  gateway ${text} NOT NULL CHECK (gateway IN ('WECHAT', 'ALIPAY')),
  account ${int} NOT NULL,
  amount ${int} NOT NULL CHECK (amount > 0),
  fee ${int} NOT NULL CHECK (fee >= 0),
  description ${text} NOT NULL,
  shown_as ${text} NOT NULL CHECK (shown_as IN ('CODE', 'IN_APP', 'PAGE')),
  shown_detail ${text} NOT NULL,
  expires_ms ${int} NOT NULL,
  operator ${text} NOT NULL,
  opened_ms ${int} NOT NULL,
  updated_ms ${int} NOT NULL,
  version ${int} NOT NULL CHECK (version > 0),
  phase ${text} NOT NULL CHECK (phase IN ('PLACING', 'WAITING', 'PAID', 'DISPUTED', 'CLOSED', 'REFUSED')),
  sends ${int} NOT NULL,
  pay_url ${text} NOT NULL,
  payment_id ${text} NOT NULL,
  paid_amount ${int} NOT NULL,
  paid_ms ${int} NOT NULL,
  problem ${text} NOT NULL,
  problem_detail ${text} NOT NULL,
  attempts ${int} NOT NULL,
  unknowns ${int} NOT NULL,
  next_ms ${int} NOT NULL,
  due_ms ${int} NOT NULL,
  refunds ${int} NOT NULL,
  PRIMARY KEY (site, transaction_id),
  CHECK ((phase IN ('PAID', 'DISPUTED')) = (paid_amount > 0)),
  CHECK (phase <> 'PAID' OR paid_amount = amount)
)${keyed}
;
CREATE INDEX gateway_order_due ON gateway_order (site, gateway, due_ms) WHERE due_ms > 0
;
CREATE INDEX gateway_order_updated ON gateway_order (site, gateway, updated_ms)
;
CREATE INDEX gateway_order_by_account ON gateway_order (site, account, opened_ms)
;
CREATE TABLE gateway_refund (
  site ${int} NOT NULL,
  transaction_id ${bytes} NOT NULL,
  line ${int} NOT NULL CHECK (line > 0),
  refund_id ${text} NOT NULL,
  amount ${int} NOT NULL CHECK (amount > 0),
  phase ${text} NOT NULL CHECK (phase IN ('OPEN', 'DONE', 'REFUSED', 'DISPUTED')),
  sends ${int} NOT NULL,
  attempts ${int} NOT NULL,
  unknowns ${int} NOT NULL,
  next_ms ${int} NOT NULL,
  PRIMARY KEY (site, transaction_id, line)
)${keyed}
;
CREATE UNIQUE INDEX gateway_refund_once ON gateway_refund (site, transaction_id, refund_id)
;
CREATE TABLE arriving_recharge (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  transaction_id ${bytes} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL CHECK (amount > 0),
  fee ${int} NOT NULL CHECK (fee >= 0),
  method ${text} NOT NULL CHECK (method IN ('BANK_CARD', 'BANK_TRANSFER', 'ONE_CARD', 'PAYROLL', 'SUBSIDY')),
  reference ${text} NOT NULL CHECK (reference <> ''),
  operator ${text} NOT NULL,
  asked_ms ${int} NOT NULL,
  arrives_ms ${int} NOT NULL,
  state ${text} NOT NULL CHECK (state IN ('PENDING', 'DONE', 'CANCELLED')),
  ended_ms ${int} NOT NULL,
  ended_by ${text} NOT NULL,
  outcome ${text} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK ((state = 'PENDING') = (ended_ms = 0))
)${keyed}
;
CREATE UNIQUE INDEX arriving_recharge_by_transaction ON arriving_recharge (site, transaction_id)
;
CREATE UNIQUE INDEX arriving_recharge_once ON arriving_recharge (site, method, reference) WHERE state <> 'CANCELLED'
;
CREATE INDEX arriving_recharge_by_state ON arriving_recharge (site, state, number)
;
CREATE INDEX arriving_recharge_due ON arriving_recharge (site, arrives_ms) WHERE state = 'PENDING'
;
CREATE INDEX arriving_recharge_by_account ON arriving_recharge (site, account, asked_ms)
;
${gateway_order_kept}
;
${never_deleted gateway_order}
;
${never_deleted gateway_refund}
;
${arrival_kept}
;
${never_deleted arriving_recharge}
