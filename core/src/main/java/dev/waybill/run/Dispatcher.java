package dev.waybill.run;

import dev.waybill.Item;
import dev.waybill.Receipt;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.delivery.Standing;
import dev.waybill.delivery.Tally;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Delivers what a program submits, in batches, and hands back what could not be delivered.
///
/// ```java
/// try (var orders = Dispatcher.to(destination).open()) {
///   for (Order order : incoming) {
///     orders.submit(order);
///   }
///   for (Undelivered<Order> back : orders.flush()) {
///     log.warn("{}: {} after {} attempts", back.payload(), back.reason(), back.attempts());
///   }
/// }
/// ```
///
/// Safe for use by many threads, platform or virtual. Whatever is submitted ends exactly once: it
/// is delivered, or [#flush] returns it. Memory is bounded by [Policy#heldItems()] payloads on
/// their way and [Undelivered#MOST] to be taken back.
public final class Dispatcher<T> implements AutoCloseable {

  /// Undelivered payloads that are kept for [#flush]; when there are more, nothing is taken any
  /// more.
  public static final int MOST_UNDELIVERED = 1_000_000;

  private final Builder<T> settings;
  private final Nature<T> nature;
  private final boolean limited;
  private volatile Session session;
  private volatile boolean closed;

  private Dispatcher(Builder<T> settings) {
    this.settings = settings;
    this.nature = Nature.of(settings.destination);
    this.limited = nature.traits().maxItemBytes() != Long.MAX_VALUE;
    this.session = new Session();
  }

  /// Settings for a dispatcher to this destination, which it will close in the end.
  public static <T> Builder<T> to(Destination<T> destination) {
    return new Builder<>(destination);
  }

  /// Takes a payload; it is sent with others, soon. Waits for room if there is none, unless
  /// [Builder#whenFull] says otherwise.
  ///
  /// @throws IllegalArgumentException if it is larger than the destination takes; names both sizes
  /// @throws DispatcherFullException if there is no room
  /// @throws IllegalStateException if the dispatcher is closed
  public void submit(T payload) {
    submit(payload, null);
  }

  /// Takes a payload as [#submit], and tells its end.
  ///
  /// @return completed with the receipt once the payload is delivered or not; never fails. What was
  ///   not delivered is returned by [#flush] too
  public CompletionStage<Receipt<T>> track(T payload) {
    var receipt = new CompletableFuture<Receipt<T>>();
    submit(payload, receipt);
    return receipt.minimalCompletionStage();
  }

  private void submit(T payload, @Nullable CompletableFuture<Receipt<T>> receipt) {
    // Its ordinal is given when there is room for it; what it becomes does not depend on that.
    Item<T> item =
        nature.prepare().apply(new Item<>(1, settings.key.apply(payload), payload, null));
    if (limited) {
      long bytes = nature.bytesOf().applyAsLong(item);
      if (bytes > nature.traits().maxItemBytes()) {
        throw new IllegalArgumentException(
            "the payload has %,d bytes, and the destination takes %,d at the most"
                .formatted(bytes, nature.traits().maxItemBytes()));
      }
    }
    while (!session.submissions.submit(item, settings.whenFull, receipt)) {
      if (closed) {
        throw new IllegalStateException("the dispatcher is closed");
      }
    }
  }

  /// Waits until everything submitted so far has come to its end, without waiting for full batches.
  ///
  /// If the destination was given up meanwhile (bad credentials, down for too long), all is
  /// returned as unprocessed, and the next payload makes a new start.
  ///
  /// @return what was not delivered, each payload once
  /// @throws InterruptedException if the thread was told not to wait; nothing is lost
  public List<Undelivered<T>> flush() throws InterruptedException {
    Session flushed = session;
    List<Undelivered<T>> undelivered = flushed.submissions.awaitAll();
    if (flushed.engineStopped) {
      startAnew(flushed);
    }
    return undelivered;
  }

  private synchronized void startAnew(Session flushed) {
    if (session == flushed && !closed) {
      session = new Session();
      flushed.end();
      session.submissions.addUndelivered(flushed.submissions.takeUndelivered());
    }
  }

  /// How many items a full batch has.
  public int batchItems() {
    return settings.policy.batchItems();
  }

  /// The counts since the dispatcher was opened, or since it made a new start.
  public Tally tally() {
    return session.loop.progress().tally();
  }

  /// What is under way, and what is waited for.
  public Standing standing() {
    return session.loop.progress().standing();
  }

  /// Sends what is left, waits for it to end, and closes the destination. What could not be
  /// delivered is told to [Builder#listener] alone: call [#flush] before to have it back.
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      session.end();
    }
    settings.destination.close();
  }

  /// An engine at work, until it is closed or gives up.
  private final class Session {
    final Submissions<T> submissions;
    final Loop<T> loop;
    final Thread thread;
    volatile boolean engineStopped;

    Session() {
      Policy policy = settings.policy;
      var engine = new Engine<>(policy, nature, Run.newName(), new SplittableRandom());
      this.submissions = new Submissions<>(policy.heldItems(), this::arrived, engine::flush);
      SettlementSink<T> sink =
          settlement -> {
            engineStopped = engine.stopped() != null;
            loop().publish();
            settings.listener.settled(settlement);
            submissions.settled(settlement);
          };
      var course = new Course<>(engine, Journal.none(), sink, Recovery.none(), new ReasonDigest());
      this.loop = new Loop<>(engine, course, settings.destination);
      this.thread = settings.threads.newThread(() -> loop.execute(submissions));
      thread.start();
    }

    private Loop<T> loop() {
      return loop;
    }

    /// Waits for all that was submitted to come to its end.
    void end() {
      submissions.end();
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }

    private void arrived() {
      loop.tell(new Event.Fed<>());
    }
  }

  /// Collects the settings of a dispatcher. Not for use by several threads.
  public static final class Builder<T> {
    private final Destination<T> destination;
    private Policy policy;
    private WhenFull whenFull = WhenFull.BLOCK;
    private Function<? super T, @Nullable String> key = payload -> null;
    private SettlementSink<T> listener = settlement -> {};
    private ThreadFactory threads =
        Thread.ofPlatform().name("waybill-dispatcher").daemon().factory();

    private Builder(Destination<T> destination) {
      this.destination = destination;
      this.policy = Policy.forTraits(destination.traits()).linger(Duration.ofMillis(100)).build();
    }

    /// How to send: batch size, calls at a time, attempts, rates, linger (100 ms unless changed).
    public Builder<T> policy(UnaryOperator<Policy.Builder> changes) {
      this.policy =
          changes
              .apply(Policy.forTraits(destination.traits()).linger(Duration.ofMillis(100)))
              .build();
      return this;
    }

    /// What to do when as many payloads are on their way as may be.
    public Builder<T> whenFull(WhenFull choice) {
      this.whenFull = choice;
      return this;
    }

    /// What names a payload: by it order is kept where that is asked for, and doubt settled by
    /// asking.
    public Builder<T> key(Function<? super T, @Nullable String> keyOf) {
      this.key = keyOf;
      return this;
    }

    /// Told of every end, delivered or not, by the thread that delivers: should be quick.
    public Builder<T> listener(SettlementSink<T> settlements) {
      this.listener = settlements;
      return this;
    }

    /// What thread delivers; a daemon thread unless changed. Calls are made on virtual threads in
    /// any case.
    public Builder<T> threads(ThreadFactory factory) {
      this.threads = factory;
      return this;
    }

    public Dispatcher<T> open() {
      return new Dispatcher<>(this);
    }
  }
}
