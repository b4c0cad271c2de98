-- Times are milliseconds since 1970 in UTC.

CREATE TABLE sandbox (
  id           text PRIMARY KEY,
  organisation text NOT NULL,
  name         text NOT NULL,
  usual        ${integer} NOT NULL,
  UNIQUE (organisation, name)
);

CREATE TABLE connection (
  id             text PRIMARY KEY,
  organisation   text NOT NULL,
  sandbox        text NOT NULL,
  kind           text NOT NULL CHECK (kind IN ('base', 'source', 'target')),
  name           text NOT NULL,
  description    text,
  spec           text NOT NULL,
  enabled        ${integer} NOT NULL,
  document       text NOT NULL,
  version        ${integer} NOT NULL,
  created_at     ${integer} NOT NULL,
  updated_at     ${integer} NOT NULL,
  created_by     text NOT NULL,
  updated_by     text NOT NULL,
  created_client text NOT NULL
);
CREATE INDEX connection_by_time ON connection (organisation, sandbox, kind, created_at, id);

-- A flow that was removed stays, for its runs that may not be over.
CREATE TABLE flow (
  id             text PRIMARY KEY,
  organisation   text NOT NULL,
  sandbox        text NOT NULL,
  name           text NOT NULL,
  description    text,
  job            text NOT NULL,
  diagnostics    ${integer} NOT NULL,
  partial_share  double precision NOT NULL,
  cron           text,
  zone           text,
  every_seconds  ${integer},
  starts_at      ${integer},
  next_due_at    ${integer},
  enabled        ${integer} NOT NULL,
  folder_file    text,
  document       text NOT NULL,
  removed        ${integer} NOT NULL DEFAULT 0,
  version        ${integer} NOT NULL,
  created_at     ${integer} NOT NULL,
  updated_at     ${integer} NOT NULL,
  created_by     text NOT NULL,
  updated_by     text NOT NULL,
  created_client text NOT NULL
);
CREATE INDEX flow_by_time ON flow (organisation, sandbox, created_at, id);
CREATE UNIQUE INDEX flow_by_file ON flow (organisation, sandbox, folder_file)
  WHERE folder_file IS NOT NULL AND removed = 0;
CREATE INDEX flow_by_due ON flow (next_due_at) WHERE next_due_at IS NOT NULL;

CREATE TABLE run (
  id             text PRIMARY KEY,
  organisation   text NOT NULL,
  sandbox        text NOT NULL,
  flow           text NOT NULL REFERENCES flow (id),
  flow_version   ${integer} NOT NULL,
  parent         text REFERENCES run (id),
  retry_number   ${integer},
  cause          text NOT NULL CHECK (cause IN ('hand', 'schedule', 'retrigger')),
  state          text NOT NULL CHECK (state IN ('queued', 'running', 'success', 'failed')),
  started_at     ${integer},
  completed_at   ${integer},
  read           ${integer} NOT NULL DEFAULT 0,
  delivered      ${integer} NOT NULL DEFAULT 0,
  rejected       ${integer} NOT NULL DEFAULT 0,
  unknown        ${integer} NOT NULL DEFAULT 0,
  unprocessed    ${integer} NOT NULL DEFAULT 0,
  calls          ${integer} NOT NULL DEFAULT 0,
  input_bytes    ${integer} NOT NULL DEFAULT 0,
  output_bytes   ${integer} NOT NULL DEFAULT 0,
  error          text,
  cancelling     ${integer} NOT NULL DEFAULT 0,
  worker         text,
  beat_at        ${integer},
  removed        ${integer} NOT NULL DEFAULT 0,
  version        ${integer} NOT NULL,
  created_at     ${integer} NOT NULL,
  updated_at     ${integer} NOT NULL,
  created_by     text NOT NULL,
  updated_by     text NOT NULL,
  created_client text NOT NULL
);
CREATE INDEX run_by_time ON run (organisation, sandbox, created_at, id);
CREATE INDEX run_by_flow ON run (flow, created_at, id);
CREATE INDEX run_not_over ON run (created_at, id) WHERE state IN ('queued', 'running');
-- One flow is not begun a second time while it runs, and a run has one retry at a time; the same
-- request twice asks for the retry of the same number.
CREATE UNIQUE INDEX one_run_of_a_flow ON run (flow)
  WHERE parent IS NULL AND state IN ('queued', 'running');
CREATE UNIQUE INDEX one_retry_of_a_run ON run (parent)
  WHERE parent IS NOT NULL AND state IN ('queued', 'running');
CREATE UNIQUE INDEX retry_by_number ON run (parent, retry_number);

CREATE TABLE sample (
  run          text NOT NULL,
  at           ${integer} NOT NULL,
  delivered    ${integer} NOT NULL,
  rejected     ${integer} NOT NULL,
  unknown      ${integer} NOT NULL,
  unprocessed  ${integer} NOT NULL,
  calls        ${integer} NOT NULL,
  throttled_ms ${integer} NOT NULL,
  in_flight    ${integer} NOT NULL,
  PRIMARY KEY (run, at)
) ${clustered};

-- kept: calls that failed, and those that carried items of one that failed. They are held longer.
CREATE TABLE call (
  run        text NOT NULL,
  number     ${integer} NOT NULL,
  batch      ${integer} NOT NULL,
  attempt    ${integer} NOT NULL,
  kind       text NOT NULL,
  began_at   ${integer} NOT NULL,
  took_micros ${integer} NOT NULL,
  first      ${integer} NOT NULL,
  last       ${integer} NOT NULL,
  items      ${integer} NOT NULL,
  outcome    text NOT NULL,
  accepted   ${integer} NOT NULL,
  rejected   ${integer} NOT NULL,
  deferred   ${integer} NOT NULL,
  reason     text,
  request    text,
  answer     text,
  failed     ${integer} NOT NULL,
  kept       ${integer} NOT NULL,
  PRIMARY KEY (run, number)
);
CREATE INDEX call_by_kept ON call (run, kept, number);
CREATE INDEX call_failed ON call (run, number) WHERE failed = 1;
