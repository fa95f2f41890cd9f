-- The journal only grows: an event follows the last one, stays as it is, and may lose its detail alone.
CREATE FUNCTION journal_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM journal)
      OR NEW.prev_hash <> COALESCE((SELECT hash FROM journal ORDER BY seq DESC LIMIT 1), '') THEN
      RAISE EXCEPTION 'journal: an event follows the last one';
    END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.detail IS NULL AND OLD.detail IS NOT NULL
    AND (NEW.seq, NEW.at, NEW.actor, NEW.act, NEW.subject, NEW.detail_hash, NEW.prev_hash, NEW.hash)
      = (OLD.seq, OLD.at, OLD.actor, OLD.act, OLD.subject, OLD.detail_hash, OLD.prev_hash, OLD.hash) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'journal: an event is never changed nor deleted';
END
$$;

CREATE TRIGGER journal_stands BEFORE INSERT OR UPDATE OR DELETE ON journal FOR EACH ROW EXECUTE FUNCTION journal_guard();
CREATE TRIGGER journal_stays BEFORE TRUNCATE ON journal FOR EACH STATEMENT EXECUTE FUNCTION journal_guard();
