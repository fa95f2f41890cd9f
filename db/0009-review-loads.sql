-- What lies with each reviewer, counted where it changes: whoever is to be named is chosen without counting all open reviews.
CREATE TABLE review_load (
  reviewer bigint PRIMARY KEY,
  open bigint NOT NULL
);
INSERT INTO review_load (reviewer, open) SELECT reviewer, COUNT(*) FROM proceeding WHERE reviewer IS NOT NULL GROUP BY reviewer;

-- The orders in which queues and inboxes are read, whole, and the few that wait for a reviewer.
DROP INDEX proceeding_of_reviewer;
CREATE INDEX proceeding_of_reviewer ON proceeding (reviewer, next_at, id) WHERE reviewer IS NOT NULL;
DROP INDEX proceeding_of_provider;
CREATE INDEX proceeding_of_provider ON proceeding (provider_id, owner, next_at, id) WHERE next_at IS NOT NULL;
CREATE INDEX proceeding_waiting ON proceeding (next_at, id)
  WHERE reviewer IS NULL AND stage IN ('branch_queue', 'review_queue', 'look_queue', 'repeat_queue', 're_review_queue', 'central_queue');
