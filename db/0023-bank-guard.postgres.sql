-- Three people for a payment file, two for the details of an account, and nothing is ever changed or deleted.
CREATE FUNCTION bank_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT hash FROM payment_file WHERE id = NEW.file_id) IS NULL
  OR NEW.hash <> (SELECT hash FROM payment_file WHERE id = NEW.file_id)
  OR NEW.step NOT IN ('checked', 'approved', 'refused')
  OR NEW.who = (SELECT made_by FROM payment_file WHERE id = NEW.file_id)
  OR EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id AND (who = NEW.who OR step IN ('approved', 'refused')))
  OR (NEW.step = 'approved' AND NOT EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id AND step = 'checked')) THEN
    RAISE EXCEPTION 'bank: maker, checker and approver differ, and see the same file';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION bank_detail_people() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT proposed_by FROM bank_detail WHERE id = NEW.detail_id) IS NULL OR NEW.confirmed_by = (SELECT proposed_by FROM bank_detail WHERE id = NEW.detail_id) THEN
    RAISE EXCEPTION 'bank: who confirms an account did not propose it';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION bank_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'bank: nothing is ever changed nor deleted';
END
$$;

CREATE TRIGGER payment_file_people BEFORE INSERT ON payment_file_step FOR EACH ROW EXECUTE FUNCTION bank_people();
CREATE TRIGGER bank_detail_people BEFORE INSERT ON bank_detail_confirmed FOR EACH ROW EXECUTE FUNCTION bank_detail_people();
CREATE TRIGGER bank_detail_stands BEFORE UPDATE OR DELETE ON bank_detail FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_detail_stays BEFORE TRUNCATE ON bank_detail FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_detail_confirmed_stands BEFORE UPDATE OR DELETE ON bank_detail_confirmed FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_detail_confirmed_stays BEFORE TRUNCATE ON bank_detail_confirmed FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_stands BEFORE UPDATE OR DELETE ON payment_file FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_stays BEFORE TRUNCATE ON payment_file FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_order_stands BEFORE UPDATE OR DELETE ON payment_file_order FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_order_stays BEFORE TRUNCATE ON payment_file_order FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_step_stands BEFORE UPDATE OR DELETE ON payment_file_step FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER payment_file_step_stays BEFORE TRUNCATE ON payment_file_step FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_statement_stands BEFORE UPDATE OR DELETE ON bank_statement FOR EACH ROW EXECUTE FUNCTION bank_guard();
CREATE TRIGGER bank_statement_stays BEFORE TRUNCATE ON bank_statement FOR EACH STATEMENT EXECUTE FUNCTION bank_guard();
