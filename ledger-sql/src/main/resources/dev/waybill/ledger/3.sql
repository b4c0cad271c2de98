-- Flows whose source is live. Their records are known by where they stand: in a partition, at an
-- offset, and by an index where several stand at one offset.
CREATE TABLE live_flow (
  number      ${identity},
  name        text NOT NULL UNIQUE,
  source      text NOT NULL,
  destination text NOT NULL,
  last_run    text,
  bookmark    text,
  created_at  text NOT NULL
);

-- Up to where the far side of the source was told that all is settled.
CREATE TABLE live_partition (
  flow        ${integer} NOT NULL,
  name        text NOT NULL,
  told_offset ${integer} NOT NULL,
  told_index  ${integer} NOT NULL,
  PRIMARY KEY (flow, name)
);

-- Neighbouring records that have come to their end, whichever.
CREATE TABLE live_stretch (
  flow         ${integer} NOT NULL,
  partition    text NOT NULL,
  first_offset ${integer} NOT NULL,
  first_index  ${integer} NOT NULL,
  last_offset  ${integer} NOT NULL,
  last_index   ${integer} NOT NULL,
  PRIMARY KEY (flow, partition, first_offset, first_index)
) ${clustered};

-- Where the first record of a range stands, if its source is live; the others follow without a gap.
ALTER TABLE in_doubt ADD COLUMN partition text;
ALTER TABLE in_doubt ADD COLUMN first_offset ${integer};
ALTER TABLE in_doubt ADD COLUMN first_index ${integer};
