-- Running terms that got another last day, by a letter on an outage or by another production calendar, with those who are told of it.
CREATE TABLE moved_term (
  kind text NOT NULL,
  case_id bigint NOT NULL,
  number text NOT NULL,
  term text NOT NULL,
  owner text NOT NULL,
  provider_id bigint NOT NULL,
  reviewer bigint NOT NULL,
  region text NOT NULL,
  was text NOT NULL,
  now text NOT NULL,
  at bigint NOT NULL,
  PRIMARY KEY (kind, case_id, term, was, now)
);
CREATE INDEX moved_term_lately ON moved_term (at);
