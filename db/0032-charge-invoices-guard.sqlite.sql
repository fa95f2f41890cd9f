CREATE TRIGGER charge_invoice_stands BEFORE UPDATE ON charge_invoice BEGIN SELECT RAISE(ABORT, 'ledger: an invoice is never changed'); END;
CREATE TRIGGER charge_invoice_stays BEFORE DELETE ON charge_invoice BEGIN SELECT RAISE(ABORT, 'ledger: an invoice is never deleted'); END;
CREATE TRIGGER charge_invoice_new BEFORE INSERT ON charge_invoice WHEN EXISTS (SELECT 1 FROM charge_invoice WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'ledger: an invoice is never replaced'); END;
