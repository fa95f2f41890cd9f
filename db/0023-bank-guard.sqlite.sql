-- Three people for a payment file, two for the details of an account, and nothing is ever changed or deleted.
CREATE TRIGGER payment_file_people BEFORE INSERT ON payment_file_step
WHEN (SELECT hash FROM payment_file WHERE id = NEW.file_id) IS NULL
  OR NEW.hash <> (SELECT hash FROM payment_file WHERE id = NEW.file_id)
  OR NEW.step NOT IN ('checked', 'approved', 'refused')
  OR NEW.who = (SELECT made_by FROM payment_file WHERE id = NEW.file_id)
  OR EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id AND (who = NEW.who OR step IN ('approved', 'refused')))
  OR (NEW.step = 'approved' AND NOT EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id AND step = 'checked'))
BEGIN
  SELECT RAISE(ABORT, 'bank: maker, checker and approver differ, and see the same file');
END;

CREATE TRIGGER bank_detail_people BEFORE INSERT ON bank_detail_confirmed
WHEN (SELECT proposed_by FROM bank_detail WHERE id = NEW.detail_id) IS NULL OR NEW.confirmed_by = (SELECT proposed_by FROM bank_detail WHERE id = NEW.detail_id)
BEGIN
  SELECT RAISE(ABORT, 'bank: who confirms an account did not propose it');
END;

CREATE TRIGGER bank_detail_stands BEFORE UPDATE ON bank_detail BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_detail_stays BEFORE DELETE ON bank_detail BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_detail_confirmed_stands BEFORE UPDATE ON bank_detail_confirmed BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_detail_confirmed_stays BEFORE DELETE ON bank_detail_confirmed BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER payment_file_stands BEFORE UPDATE ON payment_file BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER payment_file_stays BEFORE DELETE ON payment_file BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER payment_file_order_stands BEFORE UPDATE ON payment_file_order BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER payment_file_order_stays BEFORE DELETE ON payment_file_order BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER payment_file_step_stands BEFORE UPDATE ON payment_file_step BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER payment_file_step_stays BEFORE DELETE ON payment_file_step BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_statement_stands BEFORE UPDATE ON bank_statement BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_statement_stays BEFORE DELETE ON bank_statement BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
