-- What goes to the bank: details of accounts by two people, payment files by three, statements that were matched. Nothing is ever changed or deleted (0023).
CREATE TABLE bank_detail (
  id bigint PRIMARY KEY,
  owner bigint NOT NULL,
  name text NOT NULL,
  iban text NOT NULL,
  bic text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at bigint NOT NULL
);
CREATE INDEX bank_detail_of_owner ON bank_detail (owner, id);

CREATE TABLE bank_detail_confirmed (
  detail_id bigint PRIMARY KEY,
  confirmed_by text NOT NULL,
  confirmed_at bigint NOT NULL,
  valid_at bigint NOT NULL
);

CREATE TABLE payment_file (
  id bigint PRIMARY KEY,
  path text NOT NULL,
  hash text NOT NULL,
  amount bigint NOT NULL,
  order_count bigint NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE payment_file_order (
  file_id bigint NOT NULL,
  posting_id bigint NOT NULL,
  amount bigint NOT NULL,
  detail_id bigint NOT NULL,
  PRIMARY KEY (file_id, posting_id)
);
CREATE INDEX payment_file_order_of_posting ON payment_file_order (posting_id);

-- step: checked, approved, refused. Who checks did not make it; who approves did neither; both saw the same hash.
CREATE TABLE payment_file_step (
  file_id bigint NOT NULL,
  step text NOT NULL,
  who text NOT NULL,
  at bigint NOT NULL,
  hash text NOT NULL,
  PRIMARY KEY (file_id, step)
);

CREATE TABLE bank_statement (
  hash text PRIMARY KEY,
  statement_id text NOT NULL,
  account text NOT NULL,
  at bigint NOT NULL,
  entry_count bigint NOT NULL
);
