-- Outages of the Fund's system with the letter that confirms each, and the terms that became longer by them. Nothing in these tables is changed or deleted.
CREATE TABLE outage (
  id bigint PRIMARY KEY,
  from_at bigint NOT NULL,
  to_at bigint NOT NULL,
  letter_number text NOT NULL,
  letter_on text NOT NULL,
  systems text NOT NULL,
  reason text NOT NULL,
  entered_by bigint NOT NULL,
  entered_at bigint NOT NULL
);
CREATE UNIQUE INDEX outage_once ON outage (letter_number, letter_on, from_at, to_at);

-- The word of the second person: the outage counts, or its entry was a mistake.
CREATE TABLE outage_decision (
  outage_id bigint PRIMARY KEY,
  confirmed integer NOT NULL,
  decided_by bigint NOT NULL,
  decided_at bigint NOT NULL,
  reasons text NOT NULL
);

CREATE TABLE outage_case (
  outage_id bigint NOT NULL,
  kind text NOT NULL,
  case_id bigint NOT NULL,
  term text NOT NULL,
  start text NOT NULL,
  was text NOT NULL,
  now text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (outage_id, kind, case_id, term, start)
);

-- What providers send about conclusions is watched at the door by which it comes.
DROP TABLE unscheduled_arrival;

CREATE TABLE unscheduled_mark (
  name text PRIMARY KEY,
  value text NOT NULL
);

CREATE TABLE unscheduled_receipt (
  id bigint PRIMARY KEY,
  sender text NOT NULL,
  sender_key text NOT NULL,
  act text NOT NULL,
  content_hash text NOT NULL,
  case_id bigint NOT NULL,
  received_at bigint NOT NULL,
  refusal text,
  answer text NOT NULL
);
CREATE UNIQUE INDEX unscheduled_receipt_once ON unscheduled_receipt (sender, sender_key);
