-- All that the numbers beside the views of a provider's inbox are counted by, so that no row of a case is fetched for them.
DROP INDEX proceeding_of_office;
CREATE INDEX proceeding_of_office ON proceeding (provider_id, owner, next_at, track, effect, stage, branch_reviewer, month, code);
