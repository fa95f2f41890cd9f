CREATE TRIGGER settlement_form_stands BEFORE UPDATE ON settlement_form BEGIN SELECT RAISE(ABORT, 'ledger: what a run found is never changed'); END;
CREATE TRIGGER settlement_form_stays BEFORE DELETE ON settlement_form BEGIN SELECT RAISE(ABORT, 'ledger: what a run found is never deleted'); END;
CREATE TRIGGER settlement_form_new BEFORE INSERT ON settlement_form
WHEN EXISTS (SELECT 1 FROM settlement_form AS f WHERE f.run_id = NEW.run_id AND f.month = NEW.month AND f.provider_id = NEW.provider_id AND f.contract = NEW.contract AND f.package = NEW.package AND f.care_form = NEW.care_form)
BEGIN SELECT RAISE(ABORT, 'ledger: what a run found is never replaced'); END;
