package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Holding;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.wire.HoldingCodec;
import dev.waybill.run.Calls;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Verifier.Findings;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.util.function.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/// A [Depot] on the mailbox of a Flink task. Calls are made on virtual threads, and what came of
/// them comes back as mail; all else happens in the task's own thread.
final class Delivering<T> implements AutoCloseable, Calls.Answers<T> {

  /// Unsent items are written in portions of this size, so that they spread over the subtasks of a
  /// job whose parallelism has grown.
  private static final int PORTION = 500;

  /// Shorter waits than this are over before the others have heard of them.
  private static final Duration WORTH_TELLING = Duration.ofMillis(50);

  private final Destination<T> destination;
  private final Policy policy;
  private final MailboxExecutor mailbox;
  private final ProcessingTimeService timers;
  private final HoldingCodec<T> codec;
  private final Calls<T> calls;
  private final Depot<T> depot;
  private Rests rests = (time, reason) -> {};
  private @Nullable ScheduledFuture<?> timer;
  private long timerAt = Long.MAX_VALUE;
  private long lastOrdinal;
  private boolean ended;

  /// Is told that the destination asks to be left alone.
  interface Rests {
    void rest(Duration time, Reason reason);
  }

  Delivering(
      Plan<T> plan,
      Share share,
      MailboxExecutor mailbox,
      ProcessingTimeService timers,
      HoldingCodec<T> codec,
      Consumer<Settlement<T>> settled) {
    this.mailbox = mailbox;
    this.timers = timers;
    this.codec = codec;
    this.destination = plan.opener().open();
    try {
      Policy whole = plan.policy(destination.traits());
      refuseToOvertake(plan, whole, share);
      this.policy = share.of(whole);
    } catch (RuntimeException | Error e) {
      destination.close();
      throw e;
    }
    this.calls = new Calls<>(destination, this);
    var random = new SplittableRandom();
    // Every life of a subtask numbers from a place of its own, so no key of idempotency comes
    // twice.
    this.lastOrdinal = random.nextLong(1L << 62);
    this.depot =
        new Depot<>(
            new Engine<>(
                policy, Nature.of(destination), plan.name(), random, lastOrdinal, item -> false),
            plan.whenGivenUp(),
            System::nanoTime,
            calls::make,
            settled);
  }

  private static void refuseToOvertake(Plan<?> plan, Policy whole, Share share) {
    if (whole.order() == Policy.Order.PER_KEY
        && plan.order() != Policy.Order.PER_KEY
        && share.parallelism() > 1) {
      throw new UserException(
          "With this destination the records of a key must not overtake each other: keep their order"
              + " (keepingOrder(), or order: per-key in a job file), or set the parallelism of the"
              + " delivery to 1.");
    }
  }

  void tellRestsTo(Rests taker) {
    this.rests = taker;
  }

  Engine<T> engine() {
    return depot.engine();
  }

  /// Goes on with what a checkpoint kept.
  ///
  /// @param mine which items belong to this subtask
  void takeUp(Iterable<byte[]> kept, Predicate<Item<T>> mine) throws IOException {
    var held = new ArrayList<Holding<T>>();
    for (byte[] bytes : kept) {
      Holding<T> holding = codec.holding(bytes, System.currentTimeMillis()).only(mine);
      if (holding != null) {
        held.add(holding);
      }
    }
    depot.takeUp(held);
    schedule();
  }

  /// Takes an element in, and waits until there is room for the next.
  <IN> void enter(IN element, Entrance<IN, T> entrance) throws InterruptedException {
    entrance.enter(element, ++lastOrdinal, depot);
    schedule();
    while (!depot.wantsItems()) {
      mailbox.yield();
    }
  }

  /// Waits until everything has come to its end.
  void drain() throws InterruptedException {
    depot.endOfInput();
    schedule();
    while (!depot.idle()) {
      mailbox.yield();
    }
  }

  /// What has not come to its end, for a checkpoint.
  List<byte[]> held() throws IOException {
    var kept = new ArrayList<byte[]>();
    long now = System.currentTimeMillis();
    for (Holding<T> holding : depot.held()) {
      if (holding.isUnsent()) {
        List<Item<T>> items = holding.items();
        for (int from = 0; from < items.size(); from += PORTION) {
          int to = Math.min(items.size(), from + PORTION);
          kept.add(codec.bytes(Holding.unsent(items.subList(from, to)), now));
        }
      } else {
        kept.add(codec.bytes(holding, now));
      }
    }
    return kept;
  }

  /// Nothing is sent and nothing is told any more: the state that was just taken is the last, and
  /// another job goes on from it.
  void end() {
    ended = true;
  }

  /// Another subtask was told to leave the destination alone.
  void rest(Duration time, Reason reason) {
    if (!ended) {
      depot.rest(time.toNanos(), reason);
      schedule();
    }
  }

  // ---- from the threads of the calls

  @Override
  public void replied(Call<T> call, Reply reply) {
    mail(
        () -> {
          tellRest(reply);
          depot.replied(call, reply);
        });
  }

  @Override
  public void found(Call<T> call, Findings findings) {
    mail(() -> depot.found(call, findings));
  }

  private void mail(ThrowingRunnable<RuntimeException> news) {
    try {
      mailbox.execute(
          () -> {
            if (!ended) {
              news.run();
              schedule();
            }
          },
          "Waybill: a call was answered");
    } catch (RejectedExecutionException e) {
      // The task has ended; what the last checkpoint says of this call holds.
    }
  }

  private void tellRest(Reply reply) {
    switch (reply) {
      case Reply.Throttled(Reason reason, @Nullable Duration wait) -> tellRest(wait, reason);
      case Reply.Unavailable(Reason reason, @Nullable Duration wait) -> tellRest(wait, reason);
      case Reply.Answered answered ->
          tellRest(answered.rest(), Reason.of("the destination's rate limit is used up"));
      case Reply.Refused refused -> {}
      case Reply.TooLarge tooLarge -> {}
      case Reply.InDoubt inDoubt -> {}
      case Reply.Fatal fatal -> {}
    }
  }

  private void tellRest(@Nullable Duration wait, Reason reason) {
    if (wait != null && wait.compareTo(WORTH_TELLING) >= 0) {
      rests.rest(wait, reason);
    }
  }

  // ---- the clock

  /// Sets the timer if the engine wants to be woken before it goes off. One that goes off too early
  /// does no harm.
  private void schedule() {
    long wakeAt = depot.wakeAt();
    if (wakeAt >= timerAt) {
      return;
    }
    if (timer != null) {
      timer.cancel(false);
    }
    long nanos = Math.max(0, wakeAt - System.nanoTime());
    long millis = TimeUnit.NANOSECONDS.toMillis(nanos) + 1;
    timerAt = wakeAt;
    timer =
        timers.registerTimer(timers.getCurrentProcessingTime() + millis, timestamp -> wokenUp());
  }

  private void wokenUp() {
    timer = null;
    timerAt = Long.MAX_VALUE;
    if (!ended) {
      depot.wake();
      schedule();
    }
  }

  /// Breaks off the calls that are under way: the last checkpoint has them in doubt.
  @Override
  public void close() {
    end();
    if (timer != null) {
      timer.cancel(false);
    }
    calls.close();
    destination.close();
  }
}
