-- A person's data, opened by somebody outside his cases, with the reason and the review that follows.
CREATE TABLE desk_opening (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  region text,
  person_id bigint NOT NULL,
  reason text NOT NULL,
  opened_at bigint NOT NULL,
  ends_at bigint NOT NULL,
  review_due bigint NOT NULL,
  reviewed_at bigint,
  reviewed_by bigint,
  justified boolean,
  review_note text
);
CREATE INDEX desk_opening_of_person ON desk_opening (person_id, ends_at);
CREATE INDEX desk_opening_unreviewed ON desk_opening (review_due) WHERE reviewed_at IS NULL;
