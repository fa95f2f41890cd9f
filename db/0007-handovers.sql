-- Reviews that a head wants to take from their reviewers, with the second person's answer.
CREATE TABLE proceeding_handover (
  id bigint PRIMARY KEY,
  proceeding_id bigint NOT NULL,
  reviewer bigint NOT NULL,
  region text NOT NULL,
  asked_by bigint NOT NULL,
  asked_at bigint NOT NULL,
  reasons text NOT NULL,
  answered_by bigint,
  answered_at bigint,
  answer text
);
CREATE UNIQUE INDEX proceeding_handover_open ON proceeding_handover (proceeding_id) WHERE answer IS NULL;
