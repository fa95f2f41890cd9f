CREATE FUNCTION portrait_guard() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''portrait: a portrait is never changed or deleted''; END';
CREATE TRIGGER portrait_stands BEFORE UPDATE OR DELETE ON portrait FOR EACH ROW EXECUTE FUNCTION portrait_guard();
CREATE TRIGGER portrait_stays BEFORE TRUNCATE ON portrait FOR EACH STATEMENT EXECUTE FUNCTION portrait_guard();
CREATE TRIGGER portrait_count_stands BEFORE UPDATE OR DELETE ON portrait_count FOR EACH ROW EXECUTE FUNCTION portrait_guard();
CREATE TRIGGER portrait_count_stays BEFORE TRUNCATE ON portrait_count FOR EACH STATEMENT EXECUTE FUNCTION portrait_guard();
