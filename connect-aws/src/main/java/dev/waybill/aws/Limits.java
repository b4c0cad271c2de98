package dev.waybill.aws;

import dev.waybill.spi.Traits;

/// What one call to a service may carry, in the service's own way of counting bytes. Each
/// destination has a constant with what AWS documents; services raise their limits now and then, so
/// each can be given others.
///
/// @param maxItems most items in a call
/// @param maxItemBytes most bytes in an item
/// @param maxCallBytes most bytes in a call
public record Limits(int maxItems, long maxItemBytes, long maxCallBytes) {

  public Limits {
    if (maxItems < 1 || maxItemBytes < 1 || maxCallBytes < 1) {
      throw new IllegalArgumentException("a call carries at least one item of one byte");
    }
  }

  /// The same with at most this many items in a call.
  public Limits maxItems(int items) {
    return new Limits(items, maxItemBytes, maxCallBytes);
  }

  /// The same with at most this many bytes in an item.
  public Limits maxItemBytes(long bytes) {
    return new Limits(maxItems, bytes, maxCallBytes);
  }

  /// The same with at most this many bytes in a call.
  public Limits maxCallBytes(long bytes) {
    return new Limits(maxItems, maxItemBytes, bytes);
  }

  /// Traits with these limits; as many items in a call as there may be.
  Traits traits(Traits.Idempotence idempotence) {
    return Traits.of(idempotence)
        .maxItems(maxItems)
        .maxBytes(maxCallBytes, Math.min(maxItemBytes, maxCallBytes))
        .maxInFlight(AwsConnection.MAX_CALLS)
        .suggesting(maxItems, AwsConnection.SUGGESTED_CALLS, 0);
  }
}
