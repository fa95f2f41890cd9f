-- Invoices to providers for charges that no payment of the contract is left to set off against. Nothing is ever changed, deleted or replaced (0032).
CREATE TABLE charge_invoice (
  id bigint PRIMARY KEY,
  provider_id bigint NOT NULL,
  contract text NOT NULL,
  package text NOT NULL,
  amount bigint NOT NULL,
  up_to bigint NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);
CREATE INDEX charge_invoice_of_contract ON charge_invoice (provider_id, contract, package);
