-- Documents that left the Fund: numbers without gaps, versions, signatures. The files lie in the folder documents/ of the fund, named by their SHA-256.
CREATE TABLE document_series (
  branch text NOT NULL,
  year bigint NOT NULL,
  last bigint NOT NULL,
  PRIMARY KEY (branch, year)
);

CREATE TABLE document (
  code text PRIMARY KEY,
  kind text NOT NULL,
  branch text NOT NULL,
  year bigint NOT NULL,
  serial bigint NOT NULL,
  subject text NOT NULL,
  provider_id bigint
);
CREATE UNIQUE INDEX document_number ON document (branch, year, serial);
CREATE INDEX document_of_subject ON document (subject);
CREATE INDEX document_of_provider ON document (provider_id);

CREATE TABLE document_version (
  code text NOT NULL,
  version bigint NOT NULL,
  issued_on text NOT NULL,
  made_at bigint NOT NULL,
  made_by bigint NOT NULL,
  reason text NOT NULL,
  journal_head text NOT NULL,
  docx_hash text NOT NULL,
  xlsx_hash text NOT NULL,
  print_hash text NOT NULL,
  PRIMARY KEY (code, version)
);

CREATE TABLE document_signature (
  code text NOT NULL,
  version bigint NOT NULL,
  place bigint NOT NULL,
  side text NOT NULL,
  way text NOT NULL,
  file_hash text NOT NULL,
  signer_name text NOT NULL,
  person_number text,
  organisation_number text,
  organisation text,
  certificate text,
  claimed_at bigint,
  signed_on text NOT NULL,
  received_at bigint NOT NULL,
  acquaintance text,
  objections text NOT NULL,
  registered_by bigint,
  PRIMARY KEY (code, version, place)
);
