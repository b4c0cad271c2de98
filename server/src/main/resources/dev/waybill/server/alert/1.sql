-- Instants are milliseconds since 1970 (UTC).

CREATE TABLE alert_rule (
  flow         text NOT NULL,
  id           text NOT NULL,      -- unique within the flow
  organisation text NOT NULL,
  sandbox      text NOT NULL,
  position     ${integer} NOT NULL,
  document     text NOT NULL,      -- the rule as JSON
  created_at   ${integer} NOT NULL,
  raised_at    ${integer},         -- since when it holds; null while it does not
  told_at      ${integer},         -- when that was told last
  seen_at      ${integer} NOT NULL, -- the end of the last run that was looked at
  seen_run     text NOT NULL,      -- its id; empty for none yet
  version      ${integer} NOT NULL, -- counts the changes, so that two processes never tell the same
  PRIMARY KEY (flow, id)
);

CREATE TABLE alert_notice (
  id           text PRIMARY KEY,
  organisation text NOT NULL,
  sandbox      text NOT NULL,
  flow         text NOT NULL,
  rule         text NOT NULL,
  channel      text NOT NULL,      -- where it goes, as JSON
  body         text NOT NULL,      -- as it is sent
  subject      text NOT NULL,
  words        text NOT NULL,      -- for people
  created_at   ${integer} NOT NULL,
  due_at       ${integer} NOT NULL, -- when it is to be sent, or sent again
  rounds       ${integer} NOT NULL, -- how often that was tried
  state        text NOT NULL CHECK (state IN ('waiting', 'sent', 'given up')),
  error        text                -- of the last try
);
CREATE INDEX alert_notice_due ON alert_notice (state, due_at);
CREATE INDEX alert_notice_of ON alert_notice (flow, created_at);
