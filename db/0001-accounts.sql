-- Accounts of the fund: what came in, where the records lie, what was monitored. The same text on SQLite and PostgreSQL.
CREATE TABLE submission (
  id bigint PRIMARY KEY,
  file_name text NOT NULL,
  file_hash text NOT NULL,
  provider_id bigint NOT NULL,
  month text NOT NULL,
  rows_given bigint NOT NULL,
  accepted bigint NOT NULL,
  rejected bigint NOT NULL,
  unchanged bigint NOT NULL,
  corrected bigint NOT NULL,
  frozen bigint NOT NULL,
  billed bigint NOT NULL,
  received_at bigint NOT NULL,
  rejections text NOT NULL
);
CREATE UNIQUE INDEX submission_once ON submission (file_hash);
CREATE INDEX submission_of_month ON submission (month, provider_id);

CREATE TABLE record_file (
  id bigint PRIMARY KEY,
  path text NOT NULL,
  hash text NOT NULL,
  month text NOT NULL,
  shard integer NOT NULL,
  line_count bigint NOT NULL,
  added_by bigint NOT NULL,
  retired_by bigint
);
CREATE INDEX record_file_of_month ON record_file (month, retired_by);

CREATE TABLE reference_file (
  id bigint PRIMARY KEY,
  register text NOT NULL,
  path text NOT NULL,
  hash text NOT NULL,
  row_count bigint NOT NULL,
  loaded_at bigint NOT NULL,
  replaced_by bigint
);

CREATE TABLE monitoring_run (
  id bigint PRIMARY KEY,
  month text NOT NULL,
  started_at bigint NOT NULL,
  finished_at bigint NOT NULL,
  engine text NOT NULL,
  pack_hash text NOT NULL,
  edition text NOT NULL,
  line_count bigint NOT NULL,
  billed bigint NOT NULL,
  at_risk bigint NOT NULL,
  debt bigint NOT NULL,
  potential_findings bigint NOT NULL,
  general_findings bigint NOT NULL,
  digest text NOT NULL,
  path text NOT NULL
);
CREATE INDEX monitoring_run_of_month ON monitoring_run (month, id);

CREATE TABLE run_rule (
  run_id bigint NOT NULL,
  rule_id text NOT NULL,
  text_hash text NOT NULL,
  code text NOT NULL,
  kind text NOT NULL,
  hits bigint NOT NULL,
  not_applicable bigint NOT NULL,
  milliseconds bigint NOT NULL,
  failure text,
  PRIMARY KEY (run_id, rule_id)
);
