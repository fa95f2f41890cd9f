-- Facts of contributions only grow.
CREATE TRIGGER contribution_file_stands BEFORE UPDATE ON contribution_file BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever changed'); END;
CREATE TRIGGER contribution_file_stays BEFORE DELETE ON contribution_file BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever deleted'); END;
CREATE TRIGGER contribution_stands BEFORE UPDATE ON contribution BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever changed'); END;
CREATE TRIGGER contribution_stays BEFORE DELETE ON contribution BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever deleted'); END;
CREATE TRIGGER person_time_stands BEFORE UPDATE ON person_time BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever changed'); END;
CREATE TRIGGER person_time_stays BEFORE DELETE ON person_time BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever deleted'); END;
CREATE TRIGGER contribution_refused_stands BEFORE UPDATE ON contribution_refused BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever changed'); END;
CREATE TRIGGER contribution_refused_stays BEFORE DELETE ON contribution_refused BEGIN SELECT RAISE(ABORT, 'contributions: nothing is ever deleted'); END;
