-- The run that found what a case is about: its files tell cell, base and sum as they were when the case was opened. 0: found by a person, or opened before this was kept.
ALTER TABLE proceeding ADD COLUMN run_id bigint NOT NULL DEFAULT 0;
