package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.executiongraph.ExecutionAttemptID;
import org.apache.flink.runtime.messages.Acknowledge;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/// The depots of all subtasks of a job and the gate that they share, in virtual time, against one
/// far side.
final class Fleet {

  private static final long MILLI = 1_000_000;

  /// How long news between subtasks are under way.
  static final long NEWS_NANOS = 5 * MILLI;

  private static final long LATENCY = 20 * MILLI;

  /// What the far side says.
  interface FarSide {
    Reply answer(Made call);
  }

  /// A call.
  ///
  /// @param subtask that made it
  /// @param at nanoseconds since the beginning
  record Made(int subtask, long at, int items) {}

  private record Due(long at, Runnable event) {}

  private final List<Depot<Integer>> depots = new ArrayList<>();
  private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparingLong(Due::at));
  private final List<Made> calls = new ArrayList<>();
  private final SharedGate gate = new SharedGate();
  private final int[] left;
  private long now;

  Fleet(int subtasks, Policy whole, int itemsEach, FarSide farSide) {
    left = new int[subtasks];
    Nature<Integer> nature =
        new Nature<>(
            Traits.of(Idempotence.IDEMPOTENT),
            Item::sourceBytes,
            Item::key,
            Nature.Single.NONE,
            Nature.Lookup.NONE);
    for (int subtask = 0; subtask < subtasks; subtask++) {
      left[subtask] = itemsEach;
      depots.add(depot(subtask, new Share(subtask, subtasks).of(whole), nature, farSide));
      gate.executionAttemptReady(subtask, 0, new Gateway(subtask));
    }
  }

  private Depot<Integer> depot(int subtask, Policy share, Nature<Integer> nature, FarSide farSide) {
    var engine =
        new Engine<>(share, nature, "run", new SplittableRandom(subtask), 0, item -> false);
    return new Depot<>(
        engine,
        WhenGivenUp.ACCOUNT,
        () -> now,
        call -> make(subtask, call, farSide),
        settlement -> {});
  }

  private void make(int subtask, Call<Integer> call, FarSide farSide) {
    var made = new Made(subtask, now, call.batch().size());
    calls.add(made);
    Reply reply = farSide.answer(made);
    due.add(
        new Due(
            now + LATENCY,
            () -> {
              if (reply instanceof Reply.Throttled(Reason reason, var wait) && wait != null) {
                gate.handleEventFromOperator(
                    subtask, 0, new GateClosed(wait.toMillis(), reason.toString()));
              }
              depots.get(subtask).replied(call, reply);
            }));
  }

  /// Delivers everything.
  ///
  /// @return all calls, in order
  List<Made> run() {
    feed();
    while (!depots.stream().allMatch(Depot::idle)) {
      long wake = depots.stream().mapToLong(Depot::wakeAt).min().orElseThrow();
      Due first = due.peek();
      if (first != null && first.at() <= wake) {
        due.remove();
        now = first.at();
        first.event().run();
      } else {
        now = Math.max(now, wake);
        depots.forEach(Depot::wake);
      }
      feed();
    }
    return List.copyOf(calls);
  }

  private void feed() {
    for (int subtask = 0; subtask < left.length; subtask++) {
      Depot<Integer> depot = depots.get(subtask);
      while (left[subtask] > 0 && depot.wantsItems()) {
        depot.accept(Item.of(left[subtask]--, 0));
        if (left[subtask] == 0) {
          depot.endOfInput();
        }
      }
    }
  }

  private final class Gateway implements OperatorCoordinator.SubtaskGateway {

    private final int subtask;

    Gateway(int subtask) {
      this.subtask = subtask;
    }

    @Override
    public CompletableFuture<Acknowledge> sendEvent(OperatorEvent event) {
      var closed = (GateClosed) event;
      due.add(
          new Due(
              now + NEWS_NANOS,
              () -> depots.get(subtask).rest(closed.millis() * MILLI, Reason.of(closed.why()))));
      return CompletableFuture.completedFuture(Acknowledge.get());
    }

    @Override
    public ExecutionAttemptID getExecution() {
      return ExecutionAttemptID.randomId();
    }

    @Override
    public int getSubtask() {
      return subtask;
    }
  }
}
