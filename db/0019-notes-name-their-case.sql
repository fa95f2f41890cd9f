-- The number under which people know what a note is about, where it has one of its own: of a conclusion or a monitoring.
ALTER TABLE inbox_note ADD COLUMN subject text NOT NULL DEFAULT '';
