CREATE FUNCTION local_duty_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''local_duty: what was entered is corrected by a new row, never changed or deleted''; END';
CREATE TRIGGER local_duty_stands BEFORE UPDATE OR DELETE ON local_duty FOR EACH ROW EXECUTE FUNCTION local_duty_guard();
CREATE TRIGGER local_duty_stays BEFORE TRUNCATE ON local_duty FOR EACH STATEMENT EXECUTE FUNCTION local_duty_guard();
CREATE TRIGGER local_duty_person_stands BEFORE UPDATE OR DELETE ON local_duty_person FOR EACH ROW EXECUTE FUNCTION local_duty_guard();
CREATE TRIGGER local_duty_person_stays BEFORE TRUNCATE ON local_duty_person FOR EACH STATEMENT EXECUTE FUNCTION local_duty_guard();
