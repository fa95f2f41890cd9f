CREATE TRIGGER settlement_form_stands BEFORE UPDATE OR DELETE ON settlement_form FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER settlement_form_stays BEFORE TRUNCATE ON settlement_form FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
