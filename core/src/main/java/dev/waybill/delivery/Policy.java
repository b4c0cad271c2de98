package dev.waybill.delivery;

import dev.waybill.spi.Traits;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How a run is to be made: sizes, rates, retries, and when to give up. A value; [#forTraits] makes
/// one from what a destination suggests.
///
/// @param batchItems most items in a call
/// @param inFlight most calls at a time
/// @param concurrency whether the number of calls at a time adapts to what the destination bears
/// @param callsPerSecond fixed rate of calls; 0 for unlimited
/// @param itemsPerSecond fixed rate of items; 0 for unlimited
/// @param linger how long an item may wait for its batch to fill; zero for as long as it takes
/// @param maxAttempts calls that may fail for an item before it is given back, the first included
/// @param rejectedRetries how often an item is sent again whose rejection may pass
/// @param singleAfter failed calls after which a batch is finished item by item, where the
///   destination has a call for that
/// @param backoff the waits between attempts
/// @param retryBudget retries that may fail in a row, over the whole run, before they slow down to
///   one a second
/// @param order what order is kept
/// @param patience how long the run goes on without anything being settled, because the destination
///   throttles or is down
/// @param giveUp when so much goes wrong that the run is ended
/// @param heldItems most items in the engine at a time
/// @param heldBytes most source bytes in the engine at a time
/// @param parkAfter how long an item of a live source is tried while the destination is there,
///   before it ends as what is known of it; then attempts and rejectedRetries bound nothing, and
///   what has not come to its end when the engine stops is given back. Null for sources that have
///   an end
public record Policy(
    int batchItems,
    int inFlight,
    Concurrency concurrency,
    double callsPerSecond,
    double itemsPerSecond,
    Duration linger,
    int maxAttempts,
    int rejectedRetries,
    int singleAfter,
    Backoff backoff,
    int retryBudget,
    Order order,
    Duration patience,
    GiveUp giveUp,
    int heldItems,
    long heldBytes,
    @Nullable Duration parkAfter) {

  /// Whether the number of calls at a time adapts.
  public enum Concurrency {
    /// Grows while all goes well and shrinks upon trouble, up to [Policy#inFlight()].
    ADAPTIVE,
    /// Always [Policy#inFlight()].
    FIXED
  }

  /// What order is kept.
  public enum Order {
    UNORDERED,
    /// Items of one key arrive in the order in which they came, across retries and splits; never
    /// two of them are in flight at once.
    PER_KEY
  }

  public Policy {
    check(batchItems >= 1, "a batch has at least one item");
    check(inFlight >= 1, "at least one call is made at a time");
    check(maxAttempts >= 1, "at least one attempt is made");
    check(callsPerSecond >= 0 && itemsPerSecond >= 0, "a rate is not negative");
    check(rejectedRetries >= 0 && singleAfter >= 1 && retryBudget >= 1, "retries are counted");
    check(heldItems >= 1 && heldBytes >= 1, "the engine holds at least one item");
    check(patience.isPositive(), "patience lasts a while");
    check(parkAfter == null || parkAfter.isPositive(), "an item is tried for a while");
  }

  private static void check(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }

  /// The same, keeping another order.
  public Policy order(Order other) {
    return new Policy(
        batchItems,
        inFlight,
        concurrency,
        callsPerSecond,
        itemsPerSecond,
        linger,
        maxAttempts,
        rejectedRetries,
        singleAfter,
        backoff,
        retryBudget,
        other,
        patience,
        giveUp,
        heldItems,
        heldBytes,
        parkAfter);
  }

  /// Whether items come from a live source, which has what was not sent still.
  boolean live() {
    return parkAfter != null;
  }

  /// What a destination with these traits suggests, to be changed: `Policy.forTraits(traits)
  /// .maxAttempts(3).callsPerSecond(4).build()`. Batch size and calls at a time are cut down to
  /// what the traits allow.
  public static Builder forTraits(Traits traits) {
    return new Builder(traits);
  }

  /// Collects a policy. Not for use by several threads.
  public static final class Builder {
    private final Traits traits;
    private int batchItems;
    private int inFlight;
    private Concurrency concurrency = Concurrency.ADAPTIVE;
    private double callsPerSecond;
    private double itemsPerSecond = 0;
    private Duration linger = Duration.ZERO;
    private int maxAttempts = 5;
    private int rejectedRetries = 2;
    private int singleAfter = 3;
    private Backoff backoff = Backoff.DEFAULT;
    private int retryBudget = 100;
    private Order order;
    private Duration patience = Duration.ofMinutes(10);
    private GiveUp giveUp = GiveUp.NEVER;
    private int heldItems = 0;
    private long heldBytes = 16L << 20;
    private @Nullable Duration parkAfter;

    private Builder(Traits traits) {
      this.traits = traits;
      this.batchItems = traits.suggestedItems();
      this.inFlight = traits.suggestedInFlight();
      this.callsPerSecond = traits.suggestedCallsPerSecond();
      this.order =
          traits.overtaking() == Traits.Overtaking.HARMFUL ? Order.PER_KEY : Order.UNORDERED;
    }

    public Builder batchItems(int value) {
      this.batchItems = value;
      return this;
    }

    public Builder inFlight(int value) {
      this.inFlight = value;
      return this;
    }

    public Builder concurrency(Concurrency value) {
      this.concurrency = value;
      return this;
    }

    public Builder callsPerSecond(double value) {
      this.callsPerSecond = value;
      return this;
    }

    public Builder itemsPerSecond(double value) {
      this.itemsPerSecond = value;
      return this;
    }

    public Builder linger(Duration value) {
      this.linger = value;
      return this;
    }

    public Builder maxAttempts(int value) {
      this.maxAttempts = value;
      return this;
    }

    public Builder rejectedRetries(int value) {
      this.rejectedRetries = value;
      return this;
    }

    public Builder singleAfter(int value) {
      this.singleAfter = value;
      return this;
    }

    public Builder backoff(Backoff value) {
      this.backoff = value;
      return this;
    }

    public Builder retryBudget(int value) {
      this.retryBudget = value;
      return this;
    }

    public Builder order(Order value) {
      this.order = value;
      return this;
    }

    public Builder patience(Duration value) {
      this.patience = value;
      return this;
    }

    public Builder giveUp(GiveUp value) {
      this.giveUp = value;
      return this;
    }

    public Builder heldItems(int value) {
      this.heldItems = value;
      return this;
    }

    public Builder heldBytes(long value) {
      this.heldBytes = value;
      return this;
    }

    /// Items come from a live source, and are tried for so long.
    public Builder parkAfter(Duration value) {
      this.parkAfter = value;
      return this;
    }

    /// The policy.
    ///
    /// @throws IllegalArgumentException if a value makes no sense; says which rule it breaks
    public Policy build() {
      int items = Math.min(batchItems, traits.maxItems());
      int calls = Math.min(inFlight, traits.maxInFlight());
      return new Policy(
          items,
          calls,
          concurrency,
          callsPerSecond,
          itemsPerSecond,
          linger,
          maxAttempts,
          rejectedRetries,
          singleAfter,
          backoff,
          retryBudget,
          order,
          patience,
          giveUp,
          heldItems > 0 ? heldItems : enough(items, calls),
          heldBytes,
          parkAfter);
    }

    /// So many that no call waits for the source, and no more: a few batches lie ready for the
    /// calls that end next. What lies longer has left the processor's caches when it is sent, and
    /// is copied by the collector in vain.
    private static int enough(int items, int calls) {
      return (int) Math.min(Integer.MAX_VALUE, (calls + calls / 4 + 2L) * items);
    }
  }
}
