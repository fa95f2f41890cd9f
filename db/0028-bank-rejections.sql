-- What the bank did not carry out: a file or some of its orders that a person says it rejected and another one confirms, and money of orders that came back. Nothing is ever changed, deleted or replaced (0029).
CREATE TABLE bank_rejection (
  id bigint PRIMARY KEY,
  file_id bigint NOT NULL,
  reason text NOT NULL,
  proposed_by text NOT NULL,
  proposed_at bigint NOT NULL
);
CREATE INDEX bank_rejection_of_file ON bank_rejection (file_id);

CREATE TABLE bank_rejection_order (
  rejection_id bigint NOT NULL,
  file_id bigint NOT NULL,
  posting_id bigint NOT NULL,
  PRIMARY KEY (rejection_id, posting_id)
);
CREATE INDEX bank_rejection_order_of_file ON bank_rejection_order (file_id, posting_id);

-- outcome: confirmed, and the orders may go into another file; dropped, and nothing changes.
CREATE TABLE bank_rejection_decided (
  rejection_id bigint PRIMARY KEY,
  outcome text NOT NULL,
  decided_by text NOT NULL,
  decided_at bigint NOT NULL
);

-- Why the bank sent the money of an order back; the posting is the one that takes its payment back.
CREATE TABLE bank_return (
  posting_id bigint PRIMARY KEY,
  order_id bigint NOT NULL,
  reason text NOT NULL
);
