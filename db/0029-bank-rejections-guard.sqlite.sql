-- An order that a person and another one say the bank rejected may go into another file, unless the bank paid it after all.
DROP TRIGGER payment_file_order_of_ledger;
CREATE TRIGGER payment_file_order_of_ledger BEFORE INSERT ON payment_file_order
WHEN NOT EXISTS (
    SELECT 1 FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id AND l.account = 'ordered'
    JOIN payment_file AS f ON f.id = NEW.file_id
    JOIN bank_detail AS d ON d.id = NEW.detail_id AND d.owner = l.provider_id
    JOIN bank_detail_confirmed AS c ON c.detail_id = d.id AND c.valid_at <= f.made_at
    WHERE p.id = NEW.posting_id AND p.kind IN ('settlement', 'advance') AND l.amount = -NEW.amount AND NEW.amount > 0
      AND NOT EXISTS (SELECT 1 FROM bank_detail_withdrawn AS w WHERE w.detail_id = d.id))
  OR EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id)
  OR (EXISTS (SELECT 1 FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id) AND (
   (SELECT COUNT(*) FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id AND NOT EXISTS (SELECT 1 FROM payment_file_step AS s WHERE s.file_id = o.file_id AND s.step = 'refused')
     AND NOT EXISTS (SELECT 1 FROM bank_rejection_order AS b JOIN bank_rejection_decided AS d ON d.rejection_id = b.rejection_id AND d.outcome = 'confirmed' WHERE b.file_id = o.file_id AND b.posting_id = o.posting_id))
   > (SELECT COUNT(*) FROM ledger_posting AS r JOIN ledger_posting AS p ON p.id = NEW.posting_id
      WHERE r.kind = 'reversal' AND substr(r.key, 1, length(p.key) + 18) = 'reversal|payment|' || p.key || '|')
   OR EXISTS (SELECT 1 FROM ledger_posting AS q JOIN ledger_posting AS p ON p.id = NEW.posting_id
      WHERE q.kind = 'payment' AND substr(q.key, 1, length(p.key) + 9) = 'payment|' || p.key || '|' AND NOT EXISTS (SELECT 1 FROM ledger_posting AS r WHERE r.key = 'reversal|' || q.key))))
BEGIN SELECT RAISE(ABORT, 'bank: an order in a file is what the ledger ordered, once, to an account that serves'); END;

CREATE TRIGGER bank_rejection_people BEFORE INSERT ON bank_rejection_decided
WHEN (SELECT proposed_by FROM bank_rejection WHERE id = NEW.rejection_id) IS NULL
  OR NEW.outcome NOT IN ('confirmed', 'dropped')
  OR (NEW.outcome = 'confirmed' AND NEW.decided_by = (SELECT proposed_by FROM bank_rejection WHERE id = NEW.rejection_id))
BEGIN SELECT RAISE(ABORT, 'bank: who confirms a rejection did not propose it'); END;

CREATE TRIGGER bank_rejection_order_once BEFORE INSERT ON bank_rejection_order
WHEN NOT EXISTS (SELECT 1 FROM payment_file_order AS o JOIN bank_rejection AS r ON r.id = NEW.rejection_id AND r.file_id = NEW.file_id
    JOIN payment_file_step AS s ON s.file_id = o.file_id AND s.step = 'approved' WHERE o.file_id = NEW.file_id AND o.posting_id = NEW.posting_id)
  OR EXISTS (SELECT 1 FROM bank_rejection_decided WHERE rejection_id = NEW.rejection_id)
  OR EXISTS (SELECT 1 FROM bank_rejection_order AS b WHERE b.file_id = NEW.file_id AND b.posting_id = NEW.posting_id
    AND NOT EXISTS (SELECT 1 FROM bank_rejection_decided AS d WHERE d.rejection_id = b.rejection_id AND d.outcome = 'dropped'))
BEGIN SELECT RAISE(ABORT, 'bank: what is rejected is an order of an approved file, once'); END;

CREATE TRIGGER bank_rejection_stands BEFORE UPDATE ON bank_rejection BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_rejection_stays BEFORE DELETE ON bank_rejection BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_rejection_new BEFORE INSERT ON bank_rejection WHEN EXISTS (SELECT 1 FROM bank_rejection WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER bank_rejection_order_stands BEFORE UPDATE ON bank_rejection_order BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_rejection_order_stays BEFORE DELETE ON bank_rejection_order BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_rejection_order_new BEFORE INSERT ON bank_rejection_order WHEN EXISTS (SELECT 1 FROM bank_rejection_order WHERE rejection_id = NEW.rejection_id AND posting_id = NEW.posting_id) BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER bank_rejection_decided_stands BEFORE UPDATE ON bank_rejection_decided BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_rejection_decided_stays BEFORE DELETE ON bank_rejection_decided BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_rejection_decided_new BEFORE INSERT ON bank_rejection_decided WHEN EXISTS (SELECT 1 FROM bank_rejection_decided WHERE rejection_id = NEW.rejection_id) BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER bank_return_stands BEFORE UPDATE ON bank_return BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_return_stays BEFORE DELETE ON bank_return BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
CREATE TRIGGER bank_return_new BEFORE INSERT ON bank_return WHEN EXISTS (SELECT 1 FROM bank_return WHERE posting_id = NEW.posting_id) BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
