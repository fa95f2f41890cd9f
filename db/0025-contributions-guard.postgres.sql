-- Facts of contributions only grow.
CREATE FUNCTION contribution_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'contributions: nothing is ever changed nor deleted';
END
$$;

CREATE TRIGGER contribution_file_stands BEFORE UPDATE OR DELETE ON contribution_file FOR EACH ROW EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER contribution_file_stays BEFORE TRUNCATE ON contribution_file FOR EACH STATEMENT EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER contribution_stands BEFORE UPDATE OR DELETE ON contribution FOR EACH ROW EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER contribution_stays BEFORE TRUNCATE ON contribution FOR EACH STATEMENT EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER person_time_stands BEFORE UPDATE OR DELETE ON person_time FOR EACH ROW EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER person_time_stays BEFORE TRUNCATE ON person_time FOR EACH STATEMENT EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER contribution_refused_stands BEFORE UPDATE OR DELETE ON contribution_refused FOR EACH ROW EXECUTE FUNCTION contribution_guard();
CREATE TRIGGER contribution_refused_stays BEFORE TRUNCATE ON contribution_refused FOR EACH STATEMENT EXECUTE FUNCTION contribution_guard();
