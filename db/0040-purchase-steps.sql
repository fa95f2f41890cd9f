-- The second person's word on the opening of a campaign, and that its contracts stand in the register. Nothing here is ever changed or deleted (0041).
CREATE TABLE purchase_opening (
  campaign_id bigint PRIMARY KEY REFERENCES purchase_campaign (id),
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE purchase_entry (
  campaign_id bigint PRIMARY KEY REFERENCES purchase_campaign (id),
  lines bigint NOT NULL,
  made_at bigint NOT NULL
);

-- An agreement that changes contracts, moves their volumes or ends one. body: ground, lines of the contracts before and after.
CREATE TABLE contract_change (
  id bigint PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('agreement', 'reallocation', 'termination')),
  body text NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE contract_change_contract (
  change_id bigint NOT NULL REFERENCES contract_change (id),
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  PRIMARY KEY (change_id, provider_id, contract)
);
CREATE INDEX contract_change_of ON contract_change_contract (provider_id, contract);

-- The second person's word: confirmed is 1 or 0.
CREATE TABLE contract_change_decision (
  change_id bigint PRIMARY KEY REFERENCES contract_change (id),
  confirmed integer NOT NULL,
  reason text NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE contract_change_entry (
  change_id bigint PRIMARY KEY REFERENCES contract_change (id),
  made_at bigint NOT NULL
);
