-- Views of the provider's inbox that its people keep, each for himself.
CREATE TABLE office_view (
  user_id bigint NOT NULL,
  name text NOT NULL,
  query text NOT NULL,
  PRIMARY KEY (user_id, name)
);
