-- The newest file of records that a monitoring has seen: what came after it was judged by none yet.
ALTER TABLE monitoring_run ADD COLUMN last_file bigint NOT NULL DEFAULT 0;
UPDATE monitoring_run SET last_file = COALESCE((SELECT MAX(id) FROM record_file), 0);
