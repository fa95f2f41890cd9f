-- The purchase of a year: campaign, planned rows, applications, the commission's protocol and its shares. Nothing here is ever changed or deleted (0036).
CREATE TABLE purchase_campaign (
  id bigint PRIMARY KEY,
  year integer NOT NULL,
  opens text NOT NULL,
  closes text NOT NULL,
  requirements text NOT NULL,
  terms text NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

-- volume: units of the year; amount: tiyn of the year.
CREATE TABLE purchase_plan (
  campaign_id bigint NOT NULL REFERENCES purchase_campaign (id),
  number integer NOT NULL,
  region text NOT NULL,
  care_form text NOT NULL,
  package text NOT NULL,
  service_group text,
  volume bigint NOT NULL CHECK (volume > 0),
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (campaign_id, number)
);

-- A later application of a provider for a row replaces his earlier one; both stay.
CREATE TABLE purchase_application (
  id bigint PRIMARY KEY,
  campaign_id bigint NOT NULL,
  number integer NOT NULL,
  provider_id bigint NOT NULL,
  kato text NOT NULL,
  capacity bigint NOT NULL CHECK (capacity > 0),
  made_by text NOT NULL,
  made_at bigint NOT NULL,
  FOREIGN KEY (campaign_id, number) REFERENCES purchase_plan (campaign_id, number)
);
CREATE INDEX purchase_application_of ON purchase_application (campaign_id, number, provider_id);

CREATE TABLE purchase_protocol (
  id bigint PRIMARY KEY,
  campaign_id bigint NOT NULL REFERENCES purchase_campaign (id),
  body text NOT NULL,
  made_by text NOT NULL,
  made_at bigint NOT NULL
);

CREATE TABLE purchase_share (
  protocol_id bigint NOT NULL REFERENCES purchase_protocol (id),
  number integer NOT NULL,
  provider_id bigint NOT NULL,
  volume bigint NOT NULL,
  amount bigint NOT NULL,
  steps text NOT NULL,
  PRIMARY KEY (protocol_id, number, provider_id)
);

-- The second person's word; one protocol of a campaign is confirmed.
CREATE TABLE purchase_confirmation (
  campaign_id bigint PRIMARY KEY REFERENCES purchase_campaign (id),
  protocol_id bigint NOT NULL REFERENCES purchase_protocol (id),
  made_by text NOT NULL,
  made_at bigint NOT NULL
);
