-- What a run of settlement changed by form of care: the postings of its registers, one step finer. Nothing is ever changed, deleted or replaced (0027).
CREATE TABLE settlement_form (
  run_id bigint NOT NULL,
  month text NOT NULL,
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  package text NOT NULL,
  care_form text NOT NULL,
  billed bigint NOT NULL,
  withheld bigint NOT NULL,
  in_dispute bigint NOT NULL,
  debt bigint NOT NULL,
  PRIMARY KEY (run_id, month, provider_id, contract, package, care_form)
);
CREATE INDEX settlement_form_of_month ON settlement_form (month);
