package dev.waybill.search;

import org.jspecify.annotations.Nullable;

/// What came of a request.
sealed interface Outcome {

  /// An answer came, whole.
  ///
  /// @param retryAfter the header `Retry-After`; null if it was not there
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed
  record Answer(int status, @Nullable String retryAfter, byte[] body) implements Outcome {}

  /// Certainly nothing was sent.
  record NotSent(String reason) implements Outcome {}

  /// It was sent, or may have been, and no whole answer came.
  record Lost(String reason) implements Outcome {}
}
