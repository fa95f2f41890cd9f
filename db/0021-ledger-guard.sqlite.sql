-- The ledger only grows: a posting seals two legs or more that add up to nothing, and stays as it is.
CREATE TRIGGER ledger_posting_balances BEFORE INSERT ON ledger_posting
WHEN (SELECT COUNT(*) < 2 OR SUM(amount) <> 0 FROM ledger_leg WHERE posting_id = NEW.id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: a posting has two legs or more that add up to nothing');
END;

CREATE TRIGGER ledger_leg_sealed BEFORE INSERT ON ledger_leg
WHEN NEW.amount = 0 OR EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.posting_id)
BEGIN
  SELECT RAISE(ABORT, 'ledger: a leg is not empty and comes before its posting');
END;

CREATE TRIGGER ledger_posting_stands BEFORE UPDATE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'ledger: a posting is never changed'); END;
CREATE TRIGGER ledger_posting_stays BEFORE DELETE ON ledger_posting BEGIN SELECT RAISE(ABORT, 'ledger: a posting is never deleted'); END;
CREATE TRIGGER ledger_leg_stands BEFORE UPDATE ON ledger_leg BEGIN SELECT RAISE(ABORT, 'ledger: a leg is never changed'); END;
CREATE TRIGGER ledger_leg_stays BEFORE DELETE ON ledger_leg BEGIN SELECT RAISE(ABORT, 'ledger: a leg is never deleted'); END;
CREATE TRIGGER settlement_run_stands BEFORE UPDATE ON settlement_run BEGIN SELECT RAISE(ABORT, 'ledger: a run is never changed'); END;
CREATE TRIGGER settlement_run_stays BEFORE DELETE ON settlement_run BEGIN SELECT RAISE(ABORT, 'ledger: a run is never deleted'); END;
CREATE TRIGGER settlement_month_stands BEFORE UPDATE ON settlement_month BEGIN SELECT RAISE(ABORT, 'ledger: a month is never changed'); END;
CREATE TRIGGER settlement_month_stays BEFORE DELETE ON settlement_month BEGIN SELECT RAISE(ABORT, 'ledger: a month is never deleted'); END;
CREATE TRIGGER contract_advance_stands BEFORE UPDATE ON contract_advance BEGIN SELECT RAISE(ABORT, 'ledger: an advance is never changed'); END;
CREATE TRIGGER contract_advance_stays BEFORE DELETE ON contract_advance BEGIN SELECT RAISE(ABORT, 'ledger: an advance is never deleted'); END;
