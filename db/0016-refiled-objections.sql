-- With whom a review lay when its objection was taken back: filed anew it goes there again.
ALTER TABLE proceeding ADD COLUMN earlier_reviewer bigint NOT NULL DEFAULT 0;
ALTER TABLE proceeding ADD COLUMN earlier_looker bigint;
