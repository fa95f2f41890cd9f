-- INSERT OR REPLACE deletes a row without waking the triggers of deletion: each row is refused where one stands already.
CREATE TRIGGER ledger_posting_new BEFORE INSERT ON ledger_posting WHEN EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'ledger: a posting is never replaced'); END;
CREATE TRIGGER settlement_run_new BEFORE INSERT ON settlement_run WHEN EXISTS (SELECT 1 FROM settlement_run WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger: a run is never replaced'); END;
CREATE TRIGGER settlement_month_new BEFORE INSERT ON settlement_month WHEN EXISTS (SELECT 1 FROM settlement_month WHERE month = NEW.month AND number = NEW.number)
BEGIN SELECT RAISE(ABORT, 'ledger: a month is never replaced'); END;
CREATE TRIGGER contract_advance_new BEFORE INSERT ON contract_advance WHEN EXISTS (SELECT 1 FROM contract_advance WHERE id = NEW.id OR key = NEW.key)
BEGIN SELECT RAISE(ABORT, 'ledger: an advance is never replaced'); END;
CREATE TRIGGER bank_detail_new BEFORE INSERT ON bank_detail WHEN EXISTS (SELECT 1 FROM bank_detail WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER bank_detail_confirmed_new BEFORE INSERT ON bank_detail_confirmed WHEN EXISTS (SELECT 1 FROM bank_detail_confirmed WHERE detail_id = NEW.detail_id)
BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER payment_file_new BEFORE INSERT ON payment_file WHEN EXISTS (SELECT 1 FROM payment_file WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER payment_file_step_new BEFORE INSERT ON payment_file_step WHEN EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id AND step = NEW.step)
BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;
CREATE TRIGGER bank_statement_new BEFORE INSERT ON bank_statement WHEN EXISTS (SELECT 1 FROM bank_statement WHERE hash = NEW.hash)
BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever replaced'); END;

-- An order stands in a file as the ledger gave it: its sum, an account of its provider that served when the file was made, and in no other file that counts.
CREATE TRIGGER payment_file_order_of_ledger BEFORE INSERT ON payment_file_order
WHEN NOT EXISTS (
    SELECT 1 FROM ledger_posting AS p JOIN ledger_leg AS l ON l.posting_id = p.id AND l.account = 'ordered'
    JOIN payment_file AS f ON f.id = NEW.file_id
    JOIN bank_detail AS d ON d.id = NEW.detail_id AND d.owner = l.provider_id
    JOIN bank_detail_confirmed AS c ON c.detail_id = d.id AND c.valid_at <= f.made_at
    WHERE p.id = NEW.posting_id AND p.kind IN ('settlement', 'advance') AND l.amount = -NEW.amount AND NEW.amount > 0
      AND NOT EXISTS (SELECT 1 FROM bank_detail_withdrawn AS w WHERE w.detail_id = d.id))
  OR EXISTS (SELECT 1 FROM payment_file_step WHERE file_id = NEW.file_id)
  OR (EXISTS (SELECT 1 FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id) AND (SELECT COUNT(*) FROM payment_file_order AS o WHERE o.posting_id = NEW.posting_id AND NOT EXISTS (SELECT 1 FROM payment_file_step AS s WHERE s.file_id = o.file_id AND s.step = 'refused'))
   > (SELECT COUNT(*) FROM ledger_posting AS r JOIN ledger_posting AS p ON p.id = NEW.posting_id
      WHERE r.kind = 'reversal' AND substr(r.key, 1, length(p.key) + 18) = 'reversal|payment|' || p.key || '|'))
BEGIN SELECT RAISE(ABORT, 'bank: an order in a file is what the ledger ordered, once, to an account that serves'); END;

CREATE TRIGGER payment_file_adds_up BEFORE INSERT ON payment_file_step
WHEN NEW.step <> 'refused' AND NOT EXISTS (
    SELECT 1 FROM payment_file AS f WHERE f.id = NEW.file_id AND f.order_count > 0
      AND f.amount = (SELECT SUM(amount) FROM payment_file_order WHERE file_id = f.id) AND f.order_count = (SELECT COUNT(*) FROM payment_file_order WHERE file_id = f.id))
BEGIN SELECT RAISE(ABORT, 'bank: a file adds up to its orders'); END;

CREATE TRIGGER bank_detail_withdrawn_cooling BEFORE INSERT ON bank_detail_withdrawn
WHEN NOT EXISTS (SELECT 1 FROM bank_detail_confirmed WHERE detail_id = NEW.detail_id AND valid_at > NEW.at) OR EXISTS (SELECT 1 FROM bank_detail_withdrawn WHERE detail_id = NEW.detail_id)
BEGIN SELECT RAISE(ABORT, 'bank: details are withdrawn once, during their cooling period'); END;
CREATE TRIGGER bank_detail_withdrawn_stands BEFORE UPDATE ON bank_detail_withdrawn BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever changed'); END;
CREATE TRIGGER bank_detail_withdrawn_stays BEFORE DELETE ON bank_detail_withdrawn BEGIN SELECT RAISE(ABORT, 'bank: nothing is ever deleted'); END;
