package dev.waybill.flink.receipts;

import dev.waybill.Disposition;

/// The three kinds of files that a run leaves.
public enum ReceiptKind {
  /// Records that were delivered.
  SUCCESS("success"),
  /// Records that were rejected, with the reasons.
  FAIL("fail"),
  /// Records that may or must be loaded again.
  RETRY("retry");

  private final String folder;

  ReceiptKind(String folder) {
    this.folder = folder;
  }

  /// The folder in which its files lie.
  public String folder() {
    return folder;
  }

  static ReceiptKind of(Disposition disposition) {
    return switch (disposition) {
      case DELIVERED -> SUCCESS;
      case REJECTED -> FAIL;
      case UNKNOWN, UNPROCESSED -> RETRY;
    };
  }
}
