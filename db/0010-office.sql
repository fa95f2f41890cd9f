-- What a provider's people leave in its office: drafts of what they will send, and registers on their way in.
CREATE TABLE office_draft (
  provider_id bigint NOT NULL,
  subject text NOT NULL,
  body text NOT NULL,
  saved_by bigint NOT NULL,
  saved_at bigint NOT NULL,
  version integer NOT NULL,
  PRIMARY KEY (provider_id, subject)
);

CREATE TABLE office_upload (
  id bigint PRIMARY KEY,
  provider_id bigint NOT NULL,
  user_id bigint NOT NULL,
  file_name text NOT NULL,
  file_hash text NOT NULL,
  size bigint NOT NULL,
  month text,
  care_form text,
  package text,
  contract text,
  received_at bigint NOT NULL,
  changed_at bigint NOT NULL,
  state text NOT NULL,
  done bigint NOT NULL,
  rows_given bigint NOT NULL,
  accepted bigint NOT NULL,
  rejected bigint NOT NULL,
  billed bigint NOT NULL,
  refusal text,
  submission_id bigint,
  already integer NOT NULL
);
CREATE UNIQUE INDEX office_upload_of ON office_upload (provider_id, id);

-- Cases of a provider, what ends first on top.
CREATE INDEX proceeding_of_office ON proceeding (provider_id, owner, next_at);
