-- The desk: who may do what, who sits at it, and the journal of what was done and seen. The same text on SQLite and PostgreSQL.
CREATE TABLE journal (
  seq bigint PRIMARY KEY,
  at bigint NOT NULL,
  actor text NOT NULL,
  act text NOT NULL,
  subject text NOT NULL,
  detail_hash text NOT NULL,
  detail text,
  prev_hash text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX journal_of_subject ON journal (subject, seq);

CREATE TABLE desk_user (
  id bigint PRIMARY KEY,
  sign_in_name text NOT NULL,
  normal_name text NOT NULL,
  full_name text NOT NULL,
  role text NOT NULL,
  region text,
  provider_id bigint,
  password_hash text,
  password_once boolean NOT NULL,
  stamp text NOT NULL,
  second_factor text,
  second_factor_on boolean NOT NULL,
  last_step bigint NOT NULL,
  failures integer NOT NULL,
  locked_until bigint,
  created_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  off_at bigint,
  is_demo boolean NOT NULL
);
CREATE UNIQUE INDEX desk_user_by_name ON desk_user (normal_name);

CREATE TABLE desk_absence (
  id bigint PRIMARY KEY,
  user_id bigint NOT NULL,
  from_day text NOT NULL,
  to_day text NOT NULL
);
CREATE INDEX desk_absence_of_user ON desk_absence (user_id);

CREATE TABLE desk_conflict (
  user_id bigint NOT NULL,
  provider_id bigint NOT NULL,
  reason text NOT NULL,
  declared_at bigint NOT NULL,
  PRIMARY KEY (user_id, provider_id)
);

CREATE TABLE desk_key (
  id bigint PRIMARY KEY,
  provider_id bigint NOT NULL,
  name text NOT NULL,
  key_hash text NOT NULL,
  created_at bigint NOT NULL,
  created_by bigint NOT NULL,
  revoked_at bigint
);
CREATE UNIQUE INDEX desk_key_by_hash ON desk_key (key_hash);

CREATE TABLE desk_mark (
  name text PRIMARY KEY,
  value text NOT NULL
);
