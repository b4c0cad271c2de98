package dev.waybill.jdbc;

import dev.waybill.Verdict.Rejected.Kind;

/// What a database's error says of the call that met it.
enum Meaning {
  /// A row breaks a rule or does not fit its column.
  BAD_ROW,
  /// A row is there already.
  DUPLICATE,
  /// A row refers to another that is not there, or not there yet.
  MISSING_REFERENCE,
  /// The same call may pass later: locks, limits, a server that restarts.
  PASSING,
  /// No call can succeed until somebody mends the table, the rights or the address.
  FATAL,
  /// Not in the table of codes. The database said no, so something in the statement displeased it.
  UNKNOWN;

  /// What a single row that met this error is told.
  ///
  /// @param mode in an upsert the key is never a duplicate, so a second unique rule was broken and
  ///   the row is simply bad
  Kind kind(Settings.Mode mode) {
    return switch (this) {
      case DUPLICATE -> mode == Settings.Mode.INSERT ? Kind.DUPLICATE : Kind.PERMANENT;
      case MISSING_REFERENCE -> Kind.PASSING;
      case BAD_ROW, UNKNOWN, PASSING, FATAL -> Kind.PERMANENT;
    };
  }

  /// Whether a row is at fault rather than the database or the address.
  boolean isRefusal() {
    return switch (this) {
      case BAD_ROW, DUPLICATE, MISSING_REFERENCE, UNKNOWN -> true;
      case PASSING, FATAL -> false;
    };
  }
}
