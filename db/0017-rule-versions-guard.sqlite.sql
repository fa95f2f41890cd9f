-- Versions of rules and their trials only grow.
CREATE TRIGGER rule_version_stands BEFORE UPDATE ON rule_version BEGIN SELECT RAISE(ABORT, 'rule_version: an entry is never changed'); END;
CREATE TRIGGER rule_version_stays BEFORE DELETE ON rule_version BEGIN SELECT RAISE(ABORT, 'rule_version: an entry is never deleted'); END;
CREATE TRIGGER rule_trial_stands BEFORE UPDATE ON rule_trial BEGIN SELECT RAISE(ABORT, 'rule_trial: an entry is never changed'); END;
CREATE TRIGGER rule_trial_stays BEFORE DELETE ON rule_trial BEGIN SELECT RAISE(ABORT, 'rule_trial: an entry is never deleted'); END;
CREATE TRIGGER rule_trial_answer_stands BEFORE UPDATE ON rule_trial_answer BEGIN SELECT RAISE(ABORT, 'rule_trial_answer: an entry is never changed'); END;
CREATE TRIGGER rule_trial_answer_stays BEFORE DELETE ON rule_trial_answer BEGIN SELECT RAISE(ABORT, 'rule_trial_answer: an entry is never deleted'); END;
