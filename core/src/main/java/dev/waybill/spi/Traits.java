package dev.waybill.spi;

/// A destination's limits, its nature, and what it suggests where the user says nothing.
///
/// @param maxItems most items in a call; at least 1
/// @param maxBytes most bytes in a call, by [Destination#bytesOf]; [Long#MAX_VALUE] if unlimited
/// @param maxItemBytes most bytes in an item, by [Destination#bytesOf]; [Long#MAX_VALUE] if
///   unlimited
/// @param maxInFlight most calls at the same time; at least 1
/// @param idempotence what sending an item twice does
/// @param suggestedItems items in a call where the user sets no batch size
/// @param suggestedInFlight calls at the same time where the user sets no concurrency
/// @param suggestedCallsPerSecond pace where the user sets none; 0 for unlimited
public record Traits(
    int maxItems,
    long maxBytes,
    long maxItemBytes,
    int maxInFlight,
    Idempotence idempotence,
    int suggestedItems,
    int suggestedInFlight,
    double suggestedCallsPerSecond) {

  /// What sending an item twice does.
  public enum Idempotence {
    /// The same as sending it once (upsert, conditional put): an item in doubt is simply sent
    /// again.
    IDEMPOTENT,
    /// The same as sending it once, if it is the same call with the same items and the same
    /// [dev.waybill.Batch#idempotencyKey()]: a batch in doubt is sent again unchanged, and its
    /// answer settles the doubt.
    IDEMPOTENT_CALL,
    /// A second copy: a batch in doubt is never sent again without being asked.
    NOT_IDEMPOTENT
  }

  public Traits {
    if (maxItems < 1 || maxInFlight < 1 || suggestedItems < 1 || suggestedInFlight < 1) {
      throw new IllegalArgumentException("a call has at least one item, and at least one is made");
    }
  }

  /// Without limits; 100 items in a call, 10 calls at a time, no fixed pace.
  public static Traits of(Idempotence idempotence) {
    return new Traits(
        Integer.MAX_VALUE,
        Long.MAX_VALUE,
        Long.MAX_VALUE,
        Integer.MAX_VALUE,
        idempotence,
        100,
        10,
        0);
  }

  /// The same with at most this many items in a call.
  public Traits maxItems(int items) {
    return new Traits(
        items,
        maxBytes,
        maxItemBytes,
        maxInFlight,
        idempotence,
        Math.min(suggestedItems, items),
        suggestedInFlight,
        suggestedCallsPerSecond);
  }

  /// The same with at most this many bytes in a call, and in one item of it.
  public Traits maxBytes(long callBytes, long itemBytes) {
    return new Traits(
        maxItems,
        callBytes,
        itemBytes,
        maxInFlight,
        idempotence,
        suggestedItems,
        suggestedInFlight,
        suggestedCallsPerSecond);
  }

  /// The same with at most this many calls at a time.
  public Traits maxInFlight(int calls) {
    return new Traits(
        maxItems,
        maxBytes,
        maxItemBytes,
        calls,
        idempotence,
        suggestedItems,
        Math.min(suggestedInFlight, calls),
        suggestedCallsPerSecond);
  }

  /// The same with other suggestions.
  public Traits suggesting(int items, int inFlight, double callsPerSecond) {
    return new Traits(
        maxItems,
        maxBytes,
        maxItemBytes,
        maxInFlight,
        idempotence,
        Math.min(items, maxItems),
        Math.min(inFlight, maxInFlight),
        callsPerSecond);
  }
}
