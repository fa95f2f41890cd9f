CREATE TRIGGER local_duty_stands BEFORE UPDATE ON local_duty BEGIN SELECT RAISE(ABORT, 'local_duty: what was entered is corrected by a new row, never changed'); END;
CREATE TRIGGER local_duty_stays BEFORE DELETE ON local_duty BEGIN SELECT RAISE(ABORT, 'local_duty: what was entered is never deleted'); END;
CREATE TRIGGER local_duty_person_stands BEFORE UPDATE ON local_duty_person BEGIN SELECT RAISE(ABORT, 'local_duty: what was entered is corrected by a new row, never changed'); END;
CREATE TRIGGER local_duty_person_stays BEFORE DELETE ON local_duty_person BEGIN SELECT RAISE(ABORT, 'local_duty: what was entered is never deleted'); END;
