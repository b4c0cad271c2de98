package dev.waybill.server.work;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun.Trigger;
import dev.waybill.server.catalog.Schedule;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// Starts runs when their flows' time has come. Several processes need no leader: whoever moves a
/// flow's time on starts the run. Times that passed while no process was there count as one.
public final class Scheduler implements AutoCloseable {

  /// For `createdBy` and `createdClient` of the runs that it starts.
  public static final String NAME = "schedule";

  private static final System.Logger LOG = System.getLogger(Scheduler.class.getName());

  private final Catalog catalog;
  private final Works works;
  private final BiConsumer<Flow, String> leftOut;
  private final Clock clock;
  private final Rounds rounds;

  /// A scheduler that does nothing yet.
  ///
  /// @param leftOut told of flows whose turn was left out, and why
  /// @param clock that of the catalog
  public Scheduler(Catalog catalog, Works works, BiConsumer<Flow, String> leftOut, Clock clock) {
    this.catalog = catalog;
    this.works = works;
    this.leftOut = leftOut;
    this.clock = clock;
    this.rounds = new Rounds("waybill-scheduler", this::turn);
  }

  /// Begins.
  public void start() {
    rounds.start();
  }

  /// Starts what is due now.
  void turn() {
    Instant now = clock.instant();
    for (Catalog.Due due : catalog.due(now)) {
      if (catalog.moveOn(due, next(due.flow().schedule(), now))) {
        begin(due.flow());
      }
    }
  }

  private static @Nullable Instant next(@Nullable Schedule schedule, Instant now) {
    return schedule == null ? null : schedule.after(now).orElse(null);
  }

  private void begin(Flow flow) {
    try {
      works.start(flow, Trigger.SCHEDULE, NAME, NAME);
    } catch (UserException e) {
      String why = String.valueOf(e.getMessage());
      LOG.log(Level.WARNING, "the turn of flow {0} was left out: {1}", flow.name(), why);
      leftOut.accept(flow, why);
    }
  }

  @Override
  public void close() {
    rounds.close();
  }
}
