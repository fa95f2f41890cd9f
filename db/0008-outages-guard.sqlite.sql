-- Entries about outages only grow.
CREATE TRIGGER outage_stands BEFORE UPDATE ON outage BEGIN SELECT RAISE(ABORT, 'outage: an entry is never changed'); END;
CREATE TRIGGER outage_stays BEFORE DELETE ON outage BEGIN SELECT RAISE(ABORT, 'outage: an entry is never deleted'); END;
CREATE TRIGGER outage_decision_stands BEFORE UPDATE ON outage_decision BEGIN SELECT RAISE(ABORT, 'outage_decision: an entry is never changed'); END;
CREATE TRIGGER outage_decision_stays BEFORE DELETE ON outage_decision BEGIN SELECT RAISE(ABORT, 'outage_decision: an entry is never deleted'); END;
CREATE TRIGGER outage_case_stands BEFORE UPDATE ON outage_case BEGIN SELECT RAISE(ABORT, 'outage_case: an entry is never changed'); END;
CREATE TRIGGER outage_case_stays BEFORE DELETE ON outage_case BEGIN SELECT RAISE(ABORT, 'outage_case: an entry is never deleted'); END;
