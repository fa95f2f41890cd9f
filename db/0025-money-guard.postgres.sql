-- A leg that waits in another session for its posting would not be seen by it: whoever writes legs holds the lock of the ledger (the number of LedgerWork.Gate),
-- and looks at what is there now, not at an older snapshot.
CREATE OR REPLACE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    RAISE EXCEPTION 'ledger: legs are written at the isolation read committed';
  END IF;
  PERFORM pg_advisory_xact_lock(118083421826050);
  IF NEW.amount = 0 OR EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.posting_id) THEN
    RAISE EXCEPTION 'ledger: a leg is not empty and comes before its posting';
  END IF;
  RETURN NEW;
END
$$;

-- An order stands in a file as the ledger gave it: its sum, an account of its provider that served when the file was made, and in no other file that counts.
CREATE FUNCTION bank_order_of_ledger() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id AND l.account = 'ordered'
    JOIN payment_file AS f ON f.id = NEW.file_id
    JOIN bank_detail AS d ON d.id = NEW.detail_id AND d.owner = l.provider_id
    JOIN bank_detail_confirmed AS c ON c.detail_id = d.id AND c.valid_at <= f.made_at
    WHERE p.id = NEW.posting_id AND p.kind IN ('settlement', 'advance') AND l.amount = -NEW.amount AND NEW.amount > 0
      AND NOT EXISTS (SELECT 1 FROM bank_detail_withdrawn AS w WHERE w.detail_id = d.id))
  OR EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id)
  OR (EXISTS (SELECT 1 FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id) AND (SELECT COUNT(*) FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id AND NOT EXISTS (SELECT 1 FROM payment_file_step AS s WHERE s.file_id = o.file_id AND s.step = 'refused'))
   > (SELECT COUNT(*) FROM ledger_posting AS r JOIN ledger_posting AS p ON p.id = NEW.posting_id
      WHERE r.kind = 'reversal' AND substr(r.key, 1, length(p.key) + 18) = 'reversal|payment|' || p.key || '|')) THEN
    RAISE EXCEPTION 'bank: an order in a file is what the ledger ordered, once, to an account that serves';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION bank_file_adds_up() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.step <> 'refused' AND NOT EXISTS (
    SELECT 1 FROM payment_file AS f WHERE f.id = NEW.file_id AND f.order_count > 0
      AND f.amount = (SELECT SUM(amount) FROM payment_file_order WHERE file_id = f.id) AND f.order_count = (SELECT COUNT(*) FROM payment_file_order WHERE file_id = f.id)) THEN
    RAISE EXCEPTION 'bank: a file adds up to its orders';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION bank_withdrawn_cooling() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT 1 FROM bank_detail_confirmed WHERE detail_id = NEW.detail_id AND valid_at > NEW.at) THEN
    RAISE EXCEPTION 'bank: details are withdrawn once, during their cooling period';
  END IF;
  RETURN NEW;
END
$$;

CREATE TRIGGER payment_file_order_of_ledger BEFORE INSERT ON payment_file_order FOR EACH ROW EXECUTE FUNCTION bank_order_of_ledger();
CREATE TRIGGER payment_file_adds_up BEFORE INSERT ON payment_file_step FOR EACH ROW EXECUTE FUNCTION bank_file_adds_up();
CREATE TRIGGER bank_detail_withdrawn_cooling BEFORE INSERT ON bank_detail_withdrawn FOR EACH ROW EXECUTE FUNCTION bank_withdrawn_cooling();
CREATE TRIGGER bank_detail_withdrawn_stands BEFORE UPDATE OR DELETE ON bank_detail_withdrawn FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_detail_withdrawn_stays BEFORE TRUNCATE ON bank_detail_withdrawn FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
