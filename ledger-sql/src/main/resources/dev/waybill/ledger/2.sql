-- Flows with a primary key. What is known of their keys stands in tables of each flow's own, by its
-- number: key_accepted_1, key_twin_1, key_trouble_1, key_open_1.
CREATE TABLE keyed_flow (
  number      ${identity},
  name        text NOT NULL UNIQUE,
  destination text NOT NULL,
  key_columns text NOT NULL,
  key_kinds   text NOT NULL DEFAULT '',
  runs        ${integer} NOT NULL DEFAULT 0,
  last_run    text,
  created_at  text NOT NULL
);
