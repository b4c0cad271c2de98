-- Instants are milliseconds since 1970 (UTC). Lists are texts, their members parted by blanks.

CREATE TABLE access_token (
  id           text PRIMARY KEY,   -- its open beginning
  hash         text NOT NULL,      -- SHA-256 of the whole
  name         text NOT NULL,
  organisation text NOT NULL,
  sandboxes    text NOT NULL,      -- empty for all
  role         text NOT NULL,
  created_at   bigint NOT NULL,
  created_by   text NOT NULL,
  expires_at   bigint,
  withdrawn_at bigint,
  used_at      bigint              -- to the minute
);

CREATE INDEX access_token_of ON access_token (organisation, created_at);

CREATE TABLE access_session (
  hash         text PRIMARY KEY,   -- SHA-256 of the cookie's value
  token        text,               -- of which it was opened; null for a JWT
  name         text NOT NULL,
  organisation text NOT NULL,
  sandboxes    text NOT NULL,
  role         text NOT NULL,
  used_at      bigint NOT NULL,    -- to the minute
  ends_at      bigint NOT NULL
);

CREATE INDEX access_session_end ON access_session (ends_at);

CREATE TABLE access_secret (
  organisation text NOT NULL,
  sandbox      text NOT NULL,
  name         text NOT NULL,
  ciphertext   text NOT NULL,      -- Tink AEAD, base64; the three above are its associated data
  changed_at   bigint NOT NULL,
  changed_by   text NOT NULL,
  PRIMARY KEY (organisation, sandbox, name)
);

CREATE TABLE access_audit (
  id           text PRIMARY KEY,   -- in the order of time
  at           bigint NOT NULL,
  who          text NOT NULL,
  organisation text NOT NULL,
  sandbox      text NOT NULL,
  client       text NOT NULL,
  address      text NOT NULL,
  action       text NOT NULL,
  target       text NOT NULL,
  outcome      text NOT NULL
);

CREATE INDEX access_audit_of ON access_audit (organisation, id);

CREATE INDEX access_audit_age ON access_audit (at);
