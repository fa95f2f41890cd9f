-- Versions of rules and their trials only grow.
CREATE FUNCTION rule_version_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '%: an entry is never changed nor deleted', TG_TABLE_NAME;
END
$$;

CREATE TRIGGER rule_version_stands BEFORE UPDATE OR DELETE ON rule_version FOR EACH ROW EXECUTE FUNCTION rule_version_guard();
CREATE TRIGGER rule_version_stays BEFORE TRUNCATE ON rule_version FOR EACH STATEMENT EXECUTE FUNCTION rule_version_guard();
CREATE TRIGGER rule_trial_stands BEFORE UPDATE OR DELETE ON rule_trial FOR EACH ROW EXECUTE FUNCTION rule_version_guard();
CREATE TRIGGER rule_trial_stays BEFORE TRUNCATE ON rule_trial FOR EACH STATEMENT EXECUTE FUNCTION rule_version_guard();
CREATE TRIGGER rule_trial_answer_stands BEFORE UPDATE OR DELETE ON rule_trial_answer FOR EACH ROW EXECUTE FUNCTION rule_version_guard();
CREATE TRIGGER rule_trial_answer_stays BEFORE TRUNCATE ON rule_trial_answer FOR EACH STATEMENT EXECUTE FUNCTION rule_version_guard();
