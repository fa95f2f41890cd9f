-- Decisions that wait to be sent: until then they can be undone. A row stays whatever became of it.
CREATE TABLE pending_decision (
  id bigint PRIMARY KEY,
  proceeding_id bigint NOT NULL,
  user_id bigint NOT NULL,
  party text NOT NULL,
  region text NOT NULL,
  stage text NOT NULL,
  agree integer NOT NULL,
  reasons text NOT NULL,
  papers text NOT NULL,
  code text,
  at_risk bigint,
  events integer NOT NULL,
  batch bigint NOT NULL,
  made_at bigint NOT NULL,
  due_at bigint NOT NULL,
  state text NOT NULL,
  settled_at bigint,
  refusal text
);
-- One decision of a case waits at a time.
CREATE UNIQUE INDEX pending_decision_waiting ON pending_decision (proceeding_id) WHERE state = 'waiting';
CREATE INDEX pending_decision_by_clock ON pending_decision (due_at, id) WHERE state = 'waiting';
CREATE INDEX pending_decision_of_user ON pending_decision (user_id, id);

-- Reasons that a reviewer has begun to write, and the views of the queue that he keeps.
CREATE TABLE review_draft (
  user_id bigint NOT NULL,
  proceeding_id bigint NOT NULL,
  reasons text NOT NULL,
  saved_at bigint NOT NULL,
  PRIMARY KEY (user_id, proceeding_id)
);

CREATE TABLE review_view (
  user_id bigint NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  PRIMARY KEY (user_id, name)
);
