package dev.waybill.aws;

import dev.waybill.Verdict;

/// What a destination makes of an item ahead of its call; travels with it as
/// [dev.waybill.Item#prepared()].
///
/// @param <E> an item's entry in the request
sealed interface Prepared<E> {

  /// The destination that made it, and alone can use it.
  AwsDestination<?, E> by();

  /// Bytes of its entry, as the service counts them.
  long bytes();

  /// An item that can be sent.
  record Ready<E>(AwsDestination<?, E> by, E entry, long bytes) implements Prepared<E> {}

  /// An item that can not be sent.
  record Unfit<E>(AwsDestination<?, E> by, Verdict.Rejected verdict) implements Prepared<E> {

    /// 0: it is in no call.
    @Override
    public long bytes() {
      return 0;
    }
  }
}
