-- What was decided lately is asked each minute for everybody's inbox, what waits for a head at every look at his desk.
CREATE INDEX proceeding_ended ON proceeding (since) WHERE next_at IS NULL;
CREATE INDEX proceeding_of_heads ON proceeding (next_at, id) WHERE stage IN ('head_decision', 'kept_open');
CREATE INDEX journal_of_act ON journal (act, seq);
