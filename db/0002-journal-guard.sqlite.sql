-- The journal only grows: an event follows the last one, stays as it is, and may lose its detail alone.
CREATE TRIGGER journal_follows BEFORE INSERT ON journal
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
  OR NEW.prev_hash <> COALESCE((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '')
BEGIN
  SELECT RAISE(ABORT, 'journal: an event follows the last one');
END;

CREATE TRIGGER journal_stands BEFORE UPDATE ON journal
WHEN NEW.detail IS NOT NULL OR OLD.detail IS NULL OR NEW.seq <> OLD.seq OR NEW.at <> OLD.at OR NEW.actor <> OLD.actor OR NEW.act <> OLD.act
  OR NEW.subject <> OLD.subject OR NEW.detail_hash <> OLD.detail_hash OR NEW.prev_hash <> OLD.prev_hash OR NEW.hash <> OLD.hash
BEGIN
  SELECT RAISE(ABORT, 'journal: an event is never changed');
END;

CREATE TRIGGER journal_stays BEFORE DELETE ON journal
BEGIN
  SELECT RAISE(ABORT, 'journal: an event is never deleted');
END;
