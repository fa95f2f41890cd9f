-- Findings on lines that were paid already: what latent defects are made of.
CREATE INDEX proceeding_hidden ON proceeding (id) WHERE track = 'hidden';
