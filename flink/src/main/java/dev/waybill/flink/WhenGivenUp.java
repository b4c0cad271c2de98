package dev.waybill.flink;

/// What a subtask does when the destination is given up: bad credentials, down for longer than the
/// patience, too much rejected.
public enum WhenGivenUp {
  /// The job fails; Flink's restart strategy decides whether it is tried again. For streams without
  /// end.
  FAIL,
  /// All further records end as unprocessed. For jobs with an end, whose rest is loaded again
  /// later.
  ACCOUNT
}
