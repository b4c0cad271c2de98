package dev.waybill.spi;

import dev.waybill.Batch;

/// A destination that can show a call without making it, for `--dry-run`.
public interface Preview<T> extends Destination<T> {

  /// The call for this batch as text, in full, as it would be sent, with secrets masked.
  String preview(Batch<T> batch);
}
