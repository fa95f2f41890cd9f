-- Entries about outages only grow.
CREATE FUNCTION outage_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: an entry is never changed nor deleted', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER outage_stands BEFORE UPDATE OR DELETE ON outage FOR EACH ROW EXECUTE FUNCTION outage_guard();
CREATE TRIGGER outage_stays BEFORE TRUNCATE ON outage FOR EACH STATEMENT EXECUTE FUNCTION outage_guard();
CREATE TRIGGER outage_decision_stands BEFORE UPDATE OR DELETE ON outage_decision FOR EACH ROW EXECUTE FUNCTION outage_guard();
CREATE TRIGGER outage_decision_stays BEFORE TRUNCATE ON outage_decision FOR EACH STATEMENT EXECUTE FUNCTION outage_guard();
CREATE TRIGGER outage_case_stands BEFORE UPDATE OR DELETE ON outage_case FOR EACH ROW EXECUTE FUNCTION outage_guard();
CREATE TRIGGER outage_case_stays BEFORE TRUNCATE ON outage_case FOR EACH STATEMENT EXECUTE FUNCTION outage_guard();
