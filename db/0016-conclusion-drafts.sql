-- A conclusion that somebody of the team is writing, before it is a paper.
CREATE TABLE conclusion_draft (
  monitoring_id bigint PRIMARY KEY,
  body text NOT NULL,
  saved_by bigint NOT NULL,
  saved_at bigint NOT NULL,
  version integer NOT NULL
);
