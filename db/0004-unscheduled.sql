-- Unscheduled monitoring, conclusions, latent defects and reports as streams of events; the register of unconfirmed cases; letters that are owed.
CREATE TABLE unscheduled_case (
  id bigint PRIMARY KEY,
  kind text NOT NULL,
  number text NOT NULL,
  provider_id bigint NOT NULL,
  region text NOT NULL,
  stage text NOT NULL,
  owner text,
  term text,
  due_at bigint,
  overdue integer NOT NULL,
  events integer NOT NULL
);
CREATE UNIQUE INDEX unscheduled_case_number ON unscheduled_case (kind, number);
CREATE INDEX unscheduled_case_due ON unscheduled_case (due_at);

CREATE TABLE unscheduled_event (
  case_id bigint NOT NULL,
  number integer NOT NULL,
  at bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (case_id, number)
);

CREATE TABLE unscheduled_arrival (
  id bigint PRIMARY KEY,
  case_id bigint NOT NULL,
  at bigint NOT NULL,
  settled_at bigint
);
CREATE INDEX unscheduled_arrival_of_case ON unscheduled_arrival (case_id, settled_at);

CREATE TABLE unconfirmed_case (
  finding_id bigint PRIMARY KEY,
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  entered_on text NOT NULL,
  conclusion text,
  body text NOT NULL
);
CREATE INDEX unconfirmed_case_of_provider ON unconfirmed_case (provider_id, contract);

CREATE TABLE threshold_letter (
  conclusion text PRIMARY KEY,
  provider_id bigint NOT NULL,
  due_at bigint,
  sent_at bigint,
  overdue integer NOT NULL,
  body text NOT NULL
);
CREATE INDEX threshold_letter_due ON threshold_letter (due_at, sent_at);
