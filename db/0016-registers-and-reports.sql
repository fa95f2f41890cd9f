-- The register of unconfirmed cases by region and service, with rows that were struck out of it; what the Fund knows of contracts and of sole providers; findings that ask for administrative measures; organisations that treat abroad.
ALTER TABLE unconfirmed_case ADD COLUMN region text NOT NULL DEFAULT '';
ALTER TABLE unconfirmed_case ADD COLUMN service text NOT NULL DEFAULT '';
ALTER TABLE unconfirmed_case ADD COLUMN struck_on text;
CREATE INDEX unconfirmed_case_of_region ON unconfirmed_case (region, entered_on);
CREATE INDEX unconfirmed_case_of_service ON unconfirmed_case (provider_id, service);
CREATE INDEX proceeding_confirmed ON proceeding (since) WHERE effect = 'reduce';
CREATE INDEX proceeding_of_death ON proceeding (id) WHERE track = 'death';

CREATE TABLE sole_provider (
  id bigint PRIMARY KEY,
  provider_id bigint NOT NULL,
  district text NOT NULL,
  care text NOT NULL,
  entry text,
  from_day text NOT NULL,
  to_day text
);
CREATE INDEX sole_provider_of ON sole_provider (provider_id);

CREATE TABLE contract_ending (
  contract text NOT NULL,
  provider_id bigint NOT NULL,
  at bigint NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (provider_id, contract)
);

CREATE TABLE measure_mark (
  proceeding_id bigint PRIMARY KEY,
  region text NOT NULL,
  marked_by bigint NOT NULL,
  at bigint NOT NULL,
  reasons text NOT NULL
);

CREATE TABLE foreign_organisation (
  provider_id bigint PRIMARY KEY,
  contract text NOT NULL,
  document text NOT NULL,
  noted_by bigint NOT NULL,
  at bigint NOT NULL
);
