package dev.waybill.flow.job;

/// A setting as the user gave it.
///
/// @param text its value
/// @param where how a complaint names it: `--batch-size`, or `job.yaml, line 7: batch-size`
public record Given(String text, String where) {}
