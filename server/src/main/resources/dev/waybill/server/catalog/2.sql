-- Whether a flow is disabled once a run of it has failed.
ALTER TABLE flow ADD COLUMN pausing ${integer} NOT NULL DEFAULT 0;
