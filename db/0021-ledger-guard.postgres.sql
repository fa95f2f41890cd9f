-- The ledger only grows: a posting seals two legs or more that add up to nothing, and stays as it is.
CREATE FUNCTION ledger_balances() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT COUNT(*) < 2 OR SUM(amount) <> 0 FROM ledger_leg WHERE posting_id = NEW.id) THEN
    RAISE EXCEPTION 'ledger: a posting has two legs or more that add up to nothing';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION ledger_sealed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.amount = 0 OR EXISTS (SELECT 1 FROM ledger_posting WHERE id = NEW.posting_id) THEN
    RAISE EXCEPTION 'ledger: a leg is not empty and comes before its posting';
  END IF;
  RETURN NEW;
END
$$;

CREATE FUNCTION ledger_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'ledger: nothing is ever changed nor deleted';
END
$$;

CREATE TRIGGER ledger_posting_balances BEFORE INSERT ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_balances();
CREATE TRIGGER ledger_leg_sealed BEFORE INSERT ON ledger_leg FOR EACH ROW EXECUTE FUNCTION ledger_sealed();
CREATE TRIGGER ledger_posting_stands BEFORE UPDATE OR DELETE ON ledger_posting FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_posting_stays BEFORE TRUNCATE ON ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_leg_stands BEFORE UPDATE OR DELETE ON ledger_leg FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER ledger_leg_stays BEFORE TRUNCATE ON ledger_leg FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER settlement_run_stands BEFORE UPDATE OR DELETE ON settlement_run FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER settlement_run_stays BEFORE TRUNCATE ON settlement_run FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER settlement_month_stands BEFORE UPDATE OR DELETE ON settlement_month FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER settlement_month_stays BEFORE TRUNCATE ON settlement_month FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER contract_advance_stands BEFORE UPDATE OR DELETE ON contract_advance FOR EACH ROW EXECUTE FUNCTION ledger_guard();
CREATE TRIGGER contract_advance_stays BEFORE TRUNCATE ON contract_advance FOR EACH STATEMENT EXECUTE FUNCTION ledger_guard();
