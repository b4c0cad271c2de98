package dev.waybill.jdbc;

/// A cell that cannot become a value of its column, with the reason. Thrown once a bad cell, so it
/// takes no stack trace.
final class Unfit extends Exception {

  Unfit(String reason) {
    super(reason, null, false, false);
  }

  /// The reason, which is always there.
  String reason() {
    return String.valueOf(getMessage());
  }
}
