-- The ledger: postings and their legs; and which months were settled. Nothing here is ever changed or deleted (0021).
CREATE TABLE ledger_posting (
  id bigint PRIMARY KEY,
  key text NOT NULL,
  kind text NOT NULL,
  day text NOT NULL,
  at bigint NOT NULL,
  ground text NOT NULL,
  content text NOT NULL,
  detail text,
  detail_hash text,
  line_count bigint NOT NULL
);
CREATE UNIQUE INDEX ledger_posting_once ON ledger_posting (key);

-- Legs are written before their posting: it seals them, and only if they add up to nothing.
CREATE TABLE ledger_leg (
  posting_id bigint NOT NULL REFERENCES ledger_posting (id) DEFERRABLE INITIALLY DEFERRED,
  number integer NOT NULL,
  account text NOT NULL,
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  package text NOT NULL,
  month text NOT NULL,
  amount bigint NOT NULL,
  PRIMARY KEY (posting_id, number)
);
CREATE INDEX ledger_leg_of_contract ON ledger_leg (provider_id, contract, package, month, account);

CREATE TABLE settlement_run (
  id bigint PRIMARY KEY,
  month text NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  posting_count bigint NOT NULL,
  digest text NOT NULL
);

-- What a run found of each month that it looked at; a month has one state after the other.
CREATE TABLE settlement_month (
  month text NOT NULL,
  number bigint NOT NULL,
  run_id bigint NOT NULL,
  records text NOT NULL,
  cases text NOT NULL,
  monitoring bigint NOT NULL,
  detail text,
  detail_hash text,
  line_count bigint NOT NULL,
  PRIMARY KEY (month, number)
);

CREATE TABLE contract_advance (
  id bigint PRIMARY KEY,
  key text NOT NULL,
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  package text NOT NULL,
  amount bigint NOT NULL,
  first_month text NOT NULL,
  months integer NOT NULL,
  agreement text NOT NULL
);
CREATE UNIQUE INDEX contract_advance_once ON contract_advance (key);
CREATE INDEX contract_advance_of_contract ON contract_advance (provider_id, contract, package);
