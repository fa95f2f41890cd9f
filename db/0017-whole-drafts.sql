-- A reviewer's draft holds all of what he decided: the reasons, the code and the files.
ALTER TABLE review_draft ADD COLUMN code text;
ALTER TABLE review_draft ADD COLUMN papers text NOT NULL DEFAULT '[]';
