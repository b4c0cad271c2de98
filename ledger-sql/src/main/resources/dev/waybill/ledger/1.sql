-- Runs. Everything below refers to a run by its number.
CREATE TABLE run (
  number           ${identity},
  id               text NOT NULL UNIQUE,
  parent           text,
  flow             text NOT NULL,
  started_at       text NOT NULL,
  source           text NOT NULL,
  destination      text NOT NULL,
  policy           text NOT NULL,
  job              text NOT NULL,
  finished_at      text,
  outcome          text CHECK (outcome IN ('finished', 'given up')),
  reason           text,
  report           text
);
CREATE INDEX run_by_start ON run (started_at);
CREATE INDEX run_by_parent ON run (parent);

-- What changes at every commit, and which process may write it.
CREATE TABLE progress (
  run                ${integer} PRIMARY KEY,
  delivered          ${integer} NOT NULL DEFAULT 0,
  rejected           ${integer} NOT NULL DEFAULT 0,
  unknown            ${integer} NOT NULL DEFAULT 0,
  unprocessed        ${integer} NOT NULL DEFAULT 0,
  calls              ${integer} NOT NULL DEFAULT 0,
  retries            ${integer} NOT NULL DEFAULT 0,
  failed_calls       ${integer} NOT NULL DEFAULT 0,
  throttled_calls    ${integer} NOT NULL DEFAULT 0,
  throttled_ms       ${integer} NOT NULL DEFAULT 0,
  last_batch         ${integer} NOT NULL DEFAULT 0,
  holder             text,
  host               text,
  pid                ${integer},
  pid_space          text,
  process_started_at text,
  held_since         text,
  heartbeat_at       text
);

-- The files that the source consisted of when the run began; none if it can not be read again.
CREATE TABLE source_part (
  run         ${integer} NOT NULL,
  number      ${integer} NOT NULL,
  name        text NOT NULL,
  size        ${integer} NOT NULL,
  fingerprint text NOT NULL,
  PRIMARY KEY (run, number)
);

CREATE TABLE key_column (
  run    ${integer} NOT NULL,
  number ${integer} NOT NULL,
  name   text NOT NULL,
  PRIMARY KEY (run, number)
);

-- How far the run's own files are written.
CREATE TABLE output_file (
  run    ${integer} NOT NULL,
  name   text NOT NULL,
  length ${integer} NOT NULL,
  PRIMARY KEY (run, name)
) ${clustered};

-- The files in which items stand, as their source names them.
CREATE TABLE item_file (
  run    ${integer} NOT NULL,
  number ${integer} NOT NULL,
  name   text NOT NULL,
  PRIMARY KEY (run, number)
);

-- Ranges of items that have come to their end, whichever; file, line and byte_offset say where the
-- last one stands.
CREATE TABLE settled (
  run         ${integer} NOT NULL,
  first       ${integer} NOT NULL,
  last        ${integer} NOT NULL,
  file        ${integer},
  line        ${integer},
  byte_offset ${integer},
  PRIMARY KEY (run, first)
) ${clustered};

-- Ranges of items that were never sent, because the run ended before their turn.
CREATE TABLE unsent (
  run     ${integer} NOT NULL,
  first   ${integer} NOT NULL,
  last    ${integer} NOT NULL,
  code    text,
  message text NOT NULL,
  PRIMARY KEY (run, first)
) ${clustered};

-- All other items that were not delivered.
CREATE TABLE item (
  run          ${integer} NOT NULL,
  ordinal      ${integer} NOT NULL,
  disposition  text NOT NULL,
  code         text,
  message      text NOT NULL,
  attempts     ${integer} NOT NULL,
  batch        ${integer} NOT NULL,
  key          text,
  file         ${integer},
  line         ${integer},
  byte_offset  ${integer},
  byte_length  ${integer},
  settled_at   text NOT NULL,
  source_bytes ${bytes},
  PRIMARY KEY (run, ordinal)
) ${clustered};

-- Ranges of items in calls that were announced and have not come to their end.
CREATE TABLE in_doubt (
  run   ${integer} NOT NULL,
  batch ${integer} NOT NULL,
  first ${integer} NOT NULL,
  last  ${integer} NOT NULL,
  PRIMARY KEY (run, batch, first)
) ${clustered};

-- Why items were not delivered, reckoned up at the end of the run.
CREATE TABLE reason_group (
  run         ${integer} NOT NULL,
  number      ${integer} NOT NULL,
  disposition text NOT NULL,
  code        text,
  pattern     text NOT NULL,
  items       ${integer} NOT NULL,
  PRIMARY KEY (run, number)
);

CREATE TABLE reason_example (
  run          ${integer} NOT NULL,
  group_number ${integer} NOT NULL,
  number       ${integer} NOT NULL,
  ordinal      ${integer} NOT NULL,
  line         ${integer} NOT NULL,
  key          text,
  message      text NOT NULL,
  PRIMARY KEY (run, group_number, number)
);

-- For people: one line a run.
CREATE VIEW run_summary AS
SELECT r.number, r.id, r.parent, r.flow, r.started_at, r.finished_at,
       coalesce(r.outcome, CASE WHEN p.holder IS NULL THEN 'interrupted' ELSE 'running' END) AS status,
       p.delivered, p.rejected, p.unknown, p.unprocessed, p.calls, p.retries,
       r.source, r.destination, r.reason
FROM run r JOIN progress p ON p.run = r.number;

-- For people: what was not delivered, ranges of items that were never sent in one line.
CREATE VIEW undelivered AS
SELECT i.run, i.ordinal AS first, i.ordinal AS last, i.disposition, i.code, i.message, i.attempts,
       i.batch, i.key, f.name AS file, i.line, i.byte_offset, i.byte_length, i.settled_at
FROM item i LEFT JOIN item_file f ON f.run = i.run AND f.number = i.file
UNION ALL
SELECT run, first, last, 'unprocessed', code, message, 0, 0, NULL, NULL, NULL, NULL, NULL, NULL
FROM unsent;

-- For people: what was delivered, as ranges: what is settled, without what was not delivered.
CREATE VIEW delivered AS
SELECT run, first, last
FROM (
  SELECT run, opens, last + 1 AS first,
         lead(first) OVER (PARTITION BY run ORDER BY first, last) - 1 AS last
  FROM (
    SELECT run, 1 AS opens, first, first - 1 AS last FROM settled
    UNION ALL SELECT run, 0, last + 1, last FROM settled
    UNION ALL SELECT run, 1, ordinal, ordinal FROM item
    UNION ALL SELECT run, 1, first, last FROM unsent
  ) edges
) gaps
WHERE opens = 1 AND first <= last;
