-- Rules as they stood, each from the moment at which this installation first read them so; trials of rules, and what a second person said of them.
CREATE TABLE rule_version (
  id bigint PRIMARY KEY,
  rule text NOT NULL,
  text_hash text NOT NULL,
  state text NOT NULL,
  text text NOT NULL,
  cases text NOT NULL,
  lists text NOT NULL,
  seen_at bigint NOT NULL,
  seen_by text NOT NULL
);
CREATE INDEX rule_version_rule ON rule_version (rule, id);

CREATE TABLE rule_trial (
  id bigint PRIMARY KEY,
  rule text NOT NULL,
  text_hash text NOT NULL,
  report text NOT NULL,
  tried_by text NOT NULL,
  tried_at bigint NOT NULL
);
CREATE INDEX rule_trial_rule ON rule_trial (rule, id);

CREATE TABLE rule_trial_answer (
  trial bigint PRIMARY KEY REFERENCES rule_trial (id),
  answer text NOT NULL,
  note text NOT NULL,
  answered_by text NOT NULL,
  answered_at bigint NOT NULL
);
