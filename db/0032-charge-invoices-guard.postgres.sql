CREATE TRIGGER charge_invoice_stands BEFORE UPDATE OR DELETE ON charge_invoice FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER charge_invoice_stays BEFORE TRUNCATE ON charge_invoice FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
