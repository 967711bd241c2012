-- Programs that call the API; the signing key is sealed, the token is a hash.
CREATE TABLE machine_client (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  name ${text} NOT NULL,
  scopes ${text} NOT NULL CHECK (scopes <> ''),
  token ${bytes} NOT NULL CHECK (length(token) = 32),
  signing_key ${bytes} NOT NULL,
  created_ms ${int} NOT NULL,
  expires_ms ${int} NOT NULL CHECK (expires_ms > created_ms),
  revoked_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  UNIQUE (site, name)
)${keyed}
;
CREATE UNIQUE INDEX machine_client_by_token ON machine_client (site, token)
;
${never_deleted machine_client}
;
-- Nonces are dropped once no request that carries one would be taken any more.
CREATE TABLE machine_nonce (
  site ${int} NOT NULL,
  machine ${int} NOT NULL,
  nonce ${text} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, machine, nonce)
)${keyed}
;
CREATE INDEX machine_nonce_by_age ON machine_nonce (site, at_ms)
;
CREATE TABLE refund_application (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  transaction_id ${bytes} NOT NULL,
  sale ${bytes} NOT NULL,
  account ${int} NOT NULL,
  amount ${int} NOT NULL CHECK (amount > 0),
  reason ${text} NOT NULL CHECK (reason <> ''),
  applicant ${text} NOT NULL CHECK (applicant <> ''),
  requested_ms ${int} NOT NULL,
  state ${text} NOT NULL CHECK (state IN ('REVIEW', 'DONE', 'REJECTED')),
  why ${text} NOT NULL,
  reviewer ${text} NOT NULL CHECK (reviewer <> applicant),
  said ${text} NOT NULL,
  decided_ms ${int} NOT NULL,
  PRIMARY KEY (site, number),
  CHECK ((state = 'REVIEW') = (decided_ms = 0)),
  CHECK (state <> 'REJECTED' OR why <> '' OR said <> '')
)${keyed}
;
CREATE UNIQUE INDEX refund_application_by_transaction ON refund_application (site, transaction_id)
;
CREATE INDEX refund_application_by_state ON refund_application (site, state, number)
;
${application_closed}
;
${never_deleted refund_application}
;
-- What somebody must be told; a channel that sends it keeps its own record of that.
CREATE TABLE notice (
  site ${int} NOT NULL,
  number ${int} NOT NULL CHECK (number > 0),
  account ${int} NOT NULL,
  kind ${text} NOT NULL,
  about ${text} NOT NULL,
  words ${text} NOT NULL,
  at_ms ${int} NOT NULL,
  PRIMARY KEY (site, number)
)${keyed}
;
CREATE INDEX notice_by_account ON notice (site, account, number)
;
${append_only notice}
;
-- How a holder is reached: sealed, and found by a keyed hash of the telephone number.
CREATE TABLE account_contact (
  site ${int} NOT NULL,
  account ${int} NOT NULL,
  phone ${bytes} NOT NULL,
  phone_key ${bytes} NOT NULL,
  PRIMARY KEY (site, account)
)${keyed}
;
CREATE INDEX account_contact_by_phone ON account_contact (site, phone_key)
;
${approval_shown}
