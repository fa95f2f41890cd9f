-- Facts found anew for records that were taken in before a register changed. The same text on SQLite and PostgreSQL.
CREATE TABLE fact_refresh (
  id bigint PRIMARY KEY,
  month text NOT NULL,
  refreshed_at bigint NOT NULL,
  changed bigint NOT NULL,
  kept_as_evidence bigint NOT NULL,
  by_register text NOT NULL
);
ALTER TABLE record_file ADD COLUMN written_by_refresh bigint;
ALTER TABLE record_file ADD COLUMN retired_by_refresh bigint;
