-- Findings on their way to a final decision: the present state as columns, what happened as events, what was received, and how far each receiving process is.
CREATE TABLE proceeding (
  id bigint PRIMARY KEY,
  finding_id bigint NOT NULL,
  line_id bigint NOT NULL,
  provider_id bigint NOT NULL,
  month text NOT NULL,
  rule_id text NOT NULL,
  evidence text NOT NULL,
  finding_key bigint NOT NULL,
  code text NOT NULL,
  form text NOT NULL,
  detection text NOT NULL,
  death text NOT NULL,
  track text NOT NULL,
  territory text NOT NULL,
  excluded text NOT NULL,
  billed bigint NOT NULL,
  at_risk bigint NOT NULL,
  detected_at bigint NOT NULL,
  shown_at bigint NOT NULL,
  frozen_at bigint NOT NULL,
  snapshot_hash text NOT NULL,
  stage text NOT NULL,
  owner text NOT NULL,
  effect text NOT NULL,
  since bigint NOT NULL,
  reviewer bigint,
  reviewer_region text NOT NULL,
  branch_reviewer bigint NOT NULL,
  first_reviewer bigint NOT NULL,
  first_region text NOT NULL,
  looker bigint NOT NULL,
  head bigint NOT NULL,
  second_reviewer bigint NOT NULL,
  central_reviewer bigint NOT NULL,
  passed_over text NOT NULL,
  overdue_since text,
  escalation integer NOT NULL,
  objection_received_at bigint,
  due text,
  objection_due text,
  conclusion_due text,
  document_requests integer NOT NULL,
  has_conclusion integer NOT NULL,
  conclusion_missed integer NOT NULL,
  next_at bigint,
  events integer NOT NULL
);
-- The same finding of a later run has the same line, rule and evidence, whatever its number there.
CREATE UNIQUE INDEX proceeding_of_line ON proceeding (line_id, finding_key);
CREATE INDEX proceeding_by_clock ON proceeding (next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX proceeding_of_reviewer ON proceeding (reviewer, next_at) WHERE reviewer IS NOT NULL;
CREATE INDEX proceeding_of_provider ON proceeding (provider_id, next_at) WHERE next_at IS NOT NULL;
CREATE INDEX proceeding_of_month ON proceeding (month, provider_id, id);

CREATE TABLE proceeding_event (
  proceeding_id bigint NOT NULL,
  number integer NOT NULL,
  at bigint NOT NULL,
  kind text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (proceeding_id, number)
);

CREATE TABLE proceeding_receipt (
  id bigint PRIMARY KEY,
  proceeding_id bigint NOT NULL,
  provider_id bigint NOT NULL,
  sender_key text NOT NULL,
  act text NOT NULL,
  content_hash text NOT NULL,
  received_at bigint NOT NULL,
  refusal text,
  answer text NOT NULL
);
CREATE UNIQUE INDEX proceeding_receipt_once ON proceeding_receipt (provider_id, sender_key);
CREATE INDEX proceeding_receipt_of ON proceeding_receipt (proceeding_id);

CREATE TABLE proceeding_door (
  id text PRIMARY KEY,
  handled_up_to bigint NOT NULL,
  told_at bigint NOT NULL
);

CREATE TABLE proceeding_mark (
  name text PRIMARY KEY,
  value text NOT NULL
);
