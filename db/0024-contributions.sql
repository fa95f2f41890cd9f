-- What was paid for whom, who was in which category and had which standing: facts as they came, with the moment at which each became known. Nothing here is ever changed or deleted (0025).
CREATE TABLE contribution_file (
  id bigint PRIMARY KEY,
  name text NOT NULL,
  hash text NOT NULL,
  holds text NOT NULL,
  at bigint NOT NULL,
  who text NOT NULL,
  row_count bigint NOT NULL,
  taken_count bigint NOT NULL,
  known_count bigint NOT NULL,
  refused_count bigint NOT NULL,
  amount bigint NOT NULL
);

-- One sum for one person and month. A refund is a row of its own, below zero, and names the payment that it takes back.
CREATE TABLE contribution (
  id bigint PRIMARY KEY,
  file_id bigint NOT NULL REFERENCES contribution_file (id),
  row_number integer NOT NULL,
  reference text NOT NULL,
  payer_id bigint NOT NULL,
  stated_id bigint NOT NULL,
  person_id bigint NOT NULL,
  kind text NOT NULL,
  month text NOT NULL,
  amount bigint NOT NULL,
  paid_on text NOT NULL,
  refunds text,
  known_at bigint NOT NULL
);
CREATE UNIQUE INDEX contribution_once ON contribution (reference, stated_id, kind, month);
CREATE INDEX contribution_of_person ON contribution (person_id, month);

-- Days of a person in a category or with a standing. What the same source says later of the same first day takes its place; withdrawn = it was never so.
CREATE TABLE person_time (
  id bigint PRIMARY KEY,
  file_id bigint NOT NULL REFERENCES contribution_file (id),
  row_number integer NOT NULL,
  stated_id bigint NOT NULL,
  person_id bigint NOT NULL,
  kind text NOT NULL,
  word text NOT NULL,
  from_day text NOT NULL,
  to_day text,
  source text NOT NULL,
  withdrawn integer NOT NULL,
  known_at bigint NOT NULL
);
CREATE INDEX person_time_of_person ON person_time (person_id, from_day);

-- Cells that kept a row out, so that nothing of a file is lost.
CREATE TABLE contribution_refused (
  file_id bigint NOT NULL REFERENCES contribution_file (id),
  number integer NOT NULL,
  row_number integer NOT NULL,
  cell text NOT NULL,
  head text NOT NULL,
  value text NOT NULL,
  reason text NOT NULL,
  named text NOT NULL,
  PRIMARY KEY (file_id, number)
);
