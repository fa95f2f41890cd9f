CREATE TRIGGER portrait_stands BEFORE UPDATE ON portrait BEGIN SELECT RAISE(ABORT, 'portrait: a portrait is never changed'); END;
CREATE TRIGGER portrait_stays BEFORE DELETE ON portrait BEGIN SELECT RAISE(ABORT, 'portrait: a portrait is never deleted'); END;
CREATE TRIGGER portrait_count_stands BEFORE UPDATE ON portrait_count BEGIN SELECT RAISE(ABORT, 'portrait: a portrait is never changed'); END;
CREATE TRIGGER portrait_count_stays BEFORE DELETE ON portrait_count BEGIN SELECT RAISE(ABORT, 'portrait: a portrait is never deleted'); END;
