-- Addresses of letters that were replaced, and the letters that tell a provider at its old address that its bank details change.
CREATE TABLE inbox_mail_before (
  user_id bigint NOT NULL,
  mail text NOT NULL,
  until bigint NOT NULL,
  PRIMARY KEY (user_id, until, mail)
);

CREATE TABLE bank_letter (
  detail_id bigint NOT NULL,
  mail text NOT NULL,
  user_id bigint NOT NULL,
  begun_at bigint NOT NULL,
  sent_at bigint,
  PRIMARY KEY (detail_id, mail)
);
