-- All cases of a provider, whatever their stage and month.
CREATE INDEX proceeding_of_provider_month ON proceeding (provider_id, month);
