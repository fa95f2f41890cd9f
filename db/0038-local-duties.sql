-- What local bodies did so that people get insured: calls, meetings, materials, registrations. A row is never changed: a correction is a row that names the one it takes the place of.
CREATE TABLE local_duty (
  id bigint NOT NULL PRIMARY KEY,
  place text NOT NULL,
  kind text NOT NULL,
  day text NOT NULL,
  people bigint,
  of_kind text,
  with_fund integer NOT NULL,
  note text NOT NULL,
  who text NOT NULL,
  at bigint NOT NULL,
  replaces bigint UNIQUE REFERENCES local_duty (id),
  withdrawn integer NOT NULL
);

-- The persons who were called or registered, by number.
CREATE TABLE local_duty_person (
  duty_id bigint NOT NULL REFERENCES local_duty (id),
  person_id bigint NOT NULL,
  PRIMARY KEY (duty_id, person_id)
);

CREATE INDEX local_duty_of_person ON local_duty_person (person_id);
