package dev.waybill.server.work;

import dev.waybill.UserException;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.StaleException;
import dev.waybill.server.catalog.Stamp;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Takes runs and has them done, each on a thread of its own; takes over those of processes that
/// died.
final class Worker implements AutoCloseable {

  private static final Logger LOG = System.getLogger(Worker.class.getName());

  /// How often it looks around even if nobody calls it.
  private static final long TURN_MILLIS = 1_000;

  /// Other processes are silent for so long at the most while they live; of runs that the ledger
  /// has, it knows whether somebody works on them.
  private static final Duration SILENCE = Duration.ofSeconds(5);

  /// And so long for runs that the ledger has not, because they are just beginning.
  private static final Duration LONG_SILENCE = Duration.ofSeconds(15);

  /// A run that could not be written down is not taken up again before this.
  private static final Duration REST = Duration.ofSeconds(20);

  /// Until when a run is left alone, unless somebody wants it to end since.
  ///
  /// @param run as it was when it broke off
  private record Rest(FlowRun run, Instant until) {
    boolean lasts(FlowRun now, Instant at) {
      return until.isAfter(at) && run.cancelling() == now.cancelling();
    }
  }

  private final String id = UUID.randomUUID().toString();
  private final Execution.Tools tools;
  private final Catalog catalog;
  private final int slots;
  private final WorkSettings.Sharing sharing;

  /// The runs that this process works on; empty until one is under way.
  private final Map<String, Optional<UnderWay>> runs = new ConcurrentHashMap<>();

  /// Runs that broke off here.
  private final Map<String, Rest> resting = new ConcurrentHashMap<>();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Thread thread;
  private boolean called;
  private volatile boolean closing;
  private boolean first = true;

  Worker(Execution.Tools tools, WorkSettings settings) {
    this.tools = tools;
    this.catalog = tools.catalog();
    this.slots = settings.runsAtOnce();
    this.sharing = settings.sharing();
    this.thread = Thread.ofPlatform().name("waybill-worker").unstarted(this::work);
    catalog.onRunChange(
        run -> {
          if (run.state() == FlowRun.State.QUEUED || run.cancelling()) {
            call();
          }
        });
  }

  void start() {
    thread.start();
  }

  /// Has it look around at once.
  void call() {
    lock.lock();
    try {
      called = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  Optional<UnderWay> live(String run) {
    return runs.getOrDefault(run, Optional.empty());
  }

  private void work() {
    while (!closing) {
      try {
        turn();
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "the worker's turn failed; it goes on", e);
      }
      await();
    }
  }

  private void turn() {
    watch();
    catalog.beat(id);
    if (!closing) {
      takeOver();
      while (slotsTaken() < slots && !closing) {
        Optional<FlowRun> next = catalog.take(id);
        if (next.isEmpty()) {
          break;
        }
        begin(next.get());
      }
    }
  }

  /// Runs of live flows never end, so they must not keep others waiting.
  private long slotsTaken() {
    return runs.values().stream().filter(run -> run.isEmpty() || !run.get().isLive()).count();
  }

  /// Writes down how the runs come on, and ends those that are to end.
  private void watch() {
    if (runs.isEmpty()) {
      return;
    }
    for (String cancelled : catalog.cancelling(id)) {
      live(cancelled).ifPresent(UnderWay::stop);
    }
    runs.values().forEach(run -> run.ifPresent(this::write));
  }

  private void write(UnderWay live) {
    catalog.add(live.row(), live.sample(tools.clock().instant()));
    catalog.add(live.row(), live.calls());
    catalog.update(live.now(), id);
  }

  private void takeOver() {
    boolean alone = sharing == WorkSettings.Sharing.ALONE;
    Duration silence = alone && first ? Duration.ZERO : SILENCE;
    for (FlowRun run : catalog.orphans(silence)) {
      if (slotsTaken() >= slots || closing) {
        return;
      }
      Rest rest = resting.get(run.id());
      if (runs.containsKey(run.id())
          || (rest != null && rest.lasts(run, tools.clock().instant()))) {
        continue;
      }
      Optional<RunRecord> record = tools.ledger().run(run.id());
      boolean held = record.isPresent() && record.get().status() == RunStatus.RUNNING;
      Duration needed = record.isPresent() || (alone && first) ? silence : LONG_SILENCE;
      if (!held && catalog.takeOver(run, id, needed)) {
        LOG.log(
            Level.INFO,
            "run {0} is {1}: nobody worked on it any more",
            run.id(),
            record.isPresent() ? "gone on with" : "begun");
        begin(run);
      }
    }
    first = false;
  }

  private void begin(FlowRun run) {
    runs.put(run.id(), Optional.empty());
    Thread.ofPlatform()
        .name("waybill-run-" + run.id().substring(0, Math.min(8, run.id().length())))
        .daemon()
        .start(() -> execute(run));
  }

  private void execute(FlowRun run) {
    try {
      end(run, ended(run));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "run " + run.id() + " could not be brought to its end", e);
      rest(run);
    } finally {
      runs.remove(run.id());
      call();
    }
  }

  /// Lets a run go that is not over, for this process to take up again after a rest, or another
  /// one.
  private void rest(FlowRun run) {
    resting.put(run.id(), new Rest(run, tools.clock().instant().plus(REST)));
    try {
      catalog.release(run, id);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "run " + run.id() + " could not be given back", e);
    }
  }

  private Execution.End ended(FlowRun run) {
    try {
      Optional<Flow> flow = catalog.flow(run.tenant(), run.flowId());
      if (flow.isEmpty()) {
        return failed(run, "Its flow was removed.");
      }
      return new Execution(tools, run, flow.get(), () -> closing, underWay -> began(run, underWay))
          .execute();
    } catch (UserException e) {
      return closing
          ? new Execution.End.Interrupted(String.valueOf(e.getMessage()))
          : failed(run, String.valueOf(e.getMessage()));
    } catch (RuntimeException bug) {
      LOG.log(Level.ERROR, "run " + run.id() + " met a bug", bug);
      return failed(run, "A bug in waybill: " + bug);
    }
  }

  private void began(FlowRun run, UnderWay underWay) {
    runs.put(run.id(), Optional.of(underWay));
    if (closing && underWay.isLive()) {
      underWay.stop();
    }
  }

  private Execution.End failed(FlowRun run, String why) {
    FlowRun.Counts counts = live(run.id()).map(live -> live.now().counts()).orElse(run.counts());
    return new Execution.End.Over(run.over(tools.clock().instant(), counts, why));
  }

  private void end(FlowRun run, Execution.End end) {
    switch (end) {
      case Execution.End.Over(FlowRun over) -> {
        live(run.id())
            .ifPresent(
                live -> {
                  catalog.add(run, live.sample(tools.clock().instant()));
                  catalog.add(run, live.calls());
                });
        if (over.state() == FlowRun.State.FAILED) {
          // Before the run is over, so that whoever waits for that finds the flow as it is to stay.
          pause(over);
        }
        catalog.update(over, id);
        resting.remove(run.id());
      }
      case Execution.End.Interrupted(String why) -> {
        if (!closing) {
          LOG.log(Level.WARNING, "run {0} is interrupted: {1}", run.id(), why);
          rest(run);
        }
      }
    }
  }

  /// Disables a flow that wants it, so that it does not go on failing by its schedule.
  private void pause(FlowRun failed) {
    Optional<Flow> found =
        catalog
            .flow(failed.tenant(), failed.flowId())
            .filter(flow -> flow.enabled() && flow.options().pauseAfterFailure());
    if (found.isEmpty()) {
      return;
    }
    Flow flow = found.get();
    try {
      Stamp next = flow.stamp().next(tools.clock().instant(), failed.stamp().createdBy());
      catalog.change(flow.enabled(false, next));
      LOG.log(Level.WARNING, "the flow {0} is paused: {1}", flow.name(), failed.error());
    } catch (StaleException e) {
      // Somebody changed it at this very moment, and has seen what state it is in.
      LOG.log(Level.INFO, "the flow {0} is not paused, it was just changed", flow.name());
    }
  }

  private void await() {
    lock.lock();
    try {
      long left = TimeUnit.MILLISECONDS.toNanos(TURN_MILLIS);
      while (!called && !closing && left > 0) {
        left = changed.awaitNanos(left);
      }
      called = false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closing = true;
    } finally {
      lock.unlock();
    }
  }

  /// Takes no more runs, and waits for those under way.
  ///
  /// @return whether all have come to their end
  boolean drain(Duration patience) {
    closing = true;
    // They would not come to an end by themselves; the next process goes on with them.
    runs.values().forEach(run -> run.filter(UnderWay::isLive).ifPresent(UnderWay::stop));
    call();
    long until = System.nanoTime() + patience.toNanos();
    lock.lock();
    try {
      while (!runs.isEmpty()) {
        long left = until - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        var unused = changed.awaitNanos(left);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back what is not over, so that the next process goes on with it.
  @Override
  public void close() {
    closing = true;
    call();
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    catalog.release(id);
  }
}
