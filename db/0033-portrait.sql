-- How many people are insured, and how many are not and of which kind, by place of residence, age and sex, as of a day. A portrait is counted once and stands.
CREATE TABLE portrait (
  day text NOT NULL PRIMARY KEY,
  made_at bigint NOT NULL,
  persons bigint NOT NULL,
  uninsured bigint NOT NULL
);

-- region, district and okrug: two, four and six digits of the KATO; kind: insured, or a kind of uninsured people; age: the first year of its band.
CREATE TABLE portrait_count (
  day text NOT NULL,
  region text NOT NULL,
  district text NOT NULL,
  okrug text NOT NULL,
  kind text NOT NULL,
  age integer NOT NULL,
  sex text NOT NULL,
  persons bigint NOT NULL,
  PRIMARY KEY (day, okrug, kind, age, sex)
);
