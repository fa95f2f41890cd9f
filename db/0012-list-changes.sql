-- Changes of the lists of the pack: what was proposed and why, and what a second person said.
CREATE TABLE rule_list_change (
  id bigint PRIMARY KEY,
  list text NOT NULL,
  before text NOT NULL,
  after text NOT NULL,
  reason text NOT NULL,
  asked_by bigint NOT NULL,
  asked_at bigint NOT NULL,
  answered_by bigint,
  answered_at bigint,
  answer text,
  note text
);
CREATE UNIQUE INDEX rule_list_change_open ON rule_list_change (list) WHERE answer IS NULL;
