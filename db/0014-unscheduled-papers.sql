-- For how many events of a case its papers are made; the watch makes what a broken process left out.
ALTER TABLE unscheduled_case ADD COLUMN papers integer NOT NULL DEFAULT 0;
