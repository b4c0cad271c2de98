package dev.waybill.spi;

import java.time.Duration;

/// A destination's limits, its nature, and what it suggests where the user says nothing.
///
/// @param maxItems most items in a call; at least 1
/// @param maxBytes most bytes in a call, by [Destination#bytesOf]; [Long#MAX_VALUE] if unlimited
/// @param maxItemBytes most bytes in an item, by [Destination#bytesOf]; [Long#MAX_VALUE] if
///   unlimited
/// @param maxInFlight most calls at the same time; at least 1
/// @param idempotence what sending an item twice does
/// @param repeatableFor how long after a call the destination still knows it, so that a repeat does
///   no harm; [#FOR_EVER] unless it forgets. Says nothing of those that are not idempotent
/// @param overtaking whether it matters in which order two items of one key arrive
/// @param suggestedItems items in a call where the user sets no batch size
/// @param suggestedInFlight calls at the same time where the user sets no concurrency
/// @param suggestedCallsPerSecond pace where the user sets none; 0 for unlimited
public record Traits(
    int maxItems,
    long maxBytes,
    long maxItemBytes,
    int maxInFlight,
    Idempotence idempotence,
    Duration repeatableFor,
    Overtaking overtaking,
    int suggestedItems,
    int suggestedInFlight,
    double suggestedCallsPerSecond) {

  /// A repeat does no harm however late it comes, as with an upsert.
  public static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

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

  /// Whether it matters in which order two items of one key arrive, by [Destination#orderKey].
  public enum Overtaking {
    /// It does not; order is kept where the user asks for it.
    HARMLESS,
    /// An older write that comes late would undo a newer one: the items of a key go one after the
    /// other unless the user says otherwise.
    HARMFUL
  }

  public Traits {
    if (maxItems < 1 || maxInFlight < 1 || suggestedItems < 1 || suggestedInFlight < 1) {
      throw new IllegalArgumentException("a call has at least one item, and at least one is made");
    }
    if (!repeatableFor.isPositive()) {
      throw new IllegalArgumentException("a destination that forgets at once is not idempotent");
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
        FOR_EVER,
        Overtaking.HARMLESS,
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
        repeatableFor,
        overtaking,
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
        repeatableFor,
        overtaking,
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
        repeatableFor,
        overtaking,
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
        repeatableFor,
        overtaking,
        Math.min(items, maxItems),
        Math.min(inFlight, maxInFlight),
        callsPerSecond);
  }

  /// The same, with a repeat doing no harm for so long after the first call, and a second copy
  /// after that: a destination that remembers idempotency keys for a while.
  public Traits repeatableFor(Duration time) {
    return new Traits(
        maxItems,
        maxBytes,
        maxItemBytes,
        maxInFlight,
        idempotence,
        time,
        overtaking,
        suggestedItems,
        suggestedInFlight,
        suggestedCallsPerSecond);
  }

  /// The same, where it matters in which order two items of one key arrive.
  public Traits overtakingIsHarmful() {
    return new Traits(
        maxItems,
        maxBytes,
        maxItemBytes,
        maxInFlight,
        idempotence,
        repeatableFor,
        Overtaking.HARMFUL,
        suggestedItems,
        suggestedInFlight,
        suggestedCallsPerSecond);
  }
}
