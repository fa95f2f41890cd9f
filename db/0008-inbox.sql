-- What each user is told, how he wants to be told, and the letters of each day.
CREATE TABLE inbox_note (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  key text NOT NULL,
  kind text NOT NULL,
  case_id bigint NOT NULL,
  finding_id bigint NOT NULL,
  provider_id bigint NOT NULL,
  month text NOT NULL,
  count bigint NOT NULL,
  due_at bigint,
  made_at bigint NOT NULL,
  read_at bigint
);
CREATE UNIQUE INDEX inbox_note_once ON inbox_note (user_id, key);
CREATE INDEX inbox_note_unread ON inbox_note (user_id) WHERE read_at IS NULL;

CREATE TABLE inbox_setting (
  user_id bigint PRIMARY KEY,
  mail text,
  digest boolean NOT NULL,
  language text NOT NULL,
  calendar_hash text
);
CREATE UNIQUE INDEX inbox_setting_by_calendar ON inbox_setting (calendar_hash);

CREATE TABLE inbox_letter (
  user_id bigint NOT NULL,
  day text NOT NULL,
  begun_at bigint NOT NULL,
  sent_at bigint,
  PRIMARY KEY (user_id, day)
);
