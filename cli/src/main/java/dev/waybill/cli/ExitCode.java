package dev.waybill.cli;

import dev.waybill.run.Report;

/// What the process says at its end. A promise to scripts: see docs/exit-codes.md.
enum ExitCode {
  /// Every record was delivered, or there was nothing to do.
  ALL_DELIVERED(0),
  /// The run came to its end, and some records were not delivered.
  SOME_NOT(1),
  /// Wrong usage or configuration; nothing was sent.
  USAGE(2),
  /// The run began and was ended before its time, by its own limits or by a signal, or counts as
  /// failed.
  GIVEN_UP(3);

  final int code;

  ExitCode(int code) {
    this.code = code;
  }

  static ExitCode of(Report report) {
    if (report.givenUp()) {
      return GIVEN_UP;
    }
    return report.allDelivered() ? ALL_DELIVERED : SOME_NOT;
  }
}
