-- An approval stands first, the file is written after it; what a stop left undone is done at the next start.
ALTER TABLE rule_list_change ADD COLUMN written_at bigint;
UPDATE rule_list_change SET written_at = answered_at WHERE answer = 'approved';
