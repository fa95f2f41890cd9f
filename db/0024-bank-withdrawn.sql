-- Details of an account that were taken back before they began to serve: nobody is paid to them (0025).
CREATE TABLE bank_detail_withdrawn (
  detail_id bigint PRIMARY KEY,
  who text NOT NULL,
  at bigint NOT NULL,
  reason text NOT NULL
);
