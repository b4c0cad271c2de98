package dev.waybill.ledger;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.run.Report;
import dev.waybill.spi.LiveKnowledge;
import dev.waybill.spi.Position;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Stretch;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The journal of one run, on a connection of its own. What must go into rows is gathered and
/// written when it is much, in the transaction that [#commit] ends; all else waits in memory for
/// that, and is small.
///
/// A write that fails is told at the commit, and from then on at each: what stands in memory and
/// what stands in the ledger would not agree any more.
final class SqlJournal<T> implements RunJournal<T> {

  /// What a journal stands on.
  record Ground(Database database, Connection connection, RunKey run, Clock clock) {}

  private final Ground ground;
  private final Connection connection;
  private final Lease lease;
  private final boolean keepsBytes;
  private final Consumer<SqlJournal<?>> closed;
  private final ProgressRow progress;
  private final SettledSpans settled;
  private final OpenCalls openCalls;
  private final UnsentRanges unsent;
  private final ItemRows rows;
  private final FileNumbers files;
  private final OutputLengths lengths;
  private final Stamp now;

  /// Between the run's thread and the heartbeat's.
  private final ReentrantLock lock = new ReentrantLock();

  private @Nullable KeyRows keys;
  private @Nullable PositionRows positions;
  private @Nullable UserException broken;
  private boolean inTransaction;
  private boolean resumed;

  /// A journal that has yet to read what an earlier life left, if there was one.
  ///
  /// @param keepsBytes whether the source can not be read again, so that what was not delivered is
  ///   to be kept here
  /// @param closed told when this journal is closed
  SqlJournal(Ground ground, Lease lease, boolean keepsBytes, Consumer<SqlJournal<?>> closed)
      throws SQLException {
    this.ground = ground;
    this.connection = ground.connection();
    this.lease = lease;
    this.keepsBytes = keepsBytes;
    this.closed = closed;
    long run = ground.run().number();
    this.progress = new ProgressRow(connection, run, lease.holder);
    this.settled = new SettledSpans(connection, run);
    this.openCalls = new OpenCalls(connection, run);
    this.unsent = new UnsentRanges(connection, run);
    this.rows = ground.database().itemRows(connection, run);
    this.files = new FileNumbers(connection, run);
    this.lengths = new OutputLengths(connection, run);
    this.now = new Stamp(ground.clock());
  }

  /// Reads what an earlier life left.
  Recovery recover() throws SQLException {
    long run = ground.run().number();
    resumed = true;
    progress.load(connection, run);
    settled.load(connection, run);
    openCalls.load(connection, run);
    files.load(connection, run);
    lengths.load(connection, run);
    return new Recovery(
        settled.spans(), openCalls.inDoubt(), progress.lastBatch(), settled.checkpoint(files));
  }

  Map<String, Long> lengths() {
    return lengths.lengths();
  }

  @Override
  public KeyedWriting follow(FlowState state, Set<KeyHash> twins) {
    lock.lock();
    try {
      ground.database().prepareForKeys(connection);
      var rowsOfKeys = new KeyRows(connection, state, ground.run().id(), twins);
      keys = rowsOfKeys;
      return rowsOfKeys;
    } catch (SQLException e) {
      throw ground.database().explain(e);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public LiveKnowledge follow(LiveState state) {
    lock.lock();
    try {
      Claim.take(connection, state, ground.run().id());
      var rowsOfPositions = new PositionRows(connection, state.number());
      LiveKnowledge known = rowsOfPositions.load();
      String earlier = state.lastRun();
      if (earlier != null && !earlier.equals(ground.run().id())) {
        openCalls.takeOver(LeftInDoubt.take(connection, earlier, known.settled()));
        openCalls.write(settled);
      }
      connection.commit();
      openCalls.locate();
      positions = rowsOfPositions;
      return new LiveKnowledge(known.settled(), known.told(), openCalls.located());
    } catch (SQLException e) {
      rollBack();
      throw ground.database().explain(e);
    } catch (UserException e) {
      rollBack();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void reached(Stretch stretch) {
    if (positions != null) {
      positions.reached(stretch);
    }
  }

  @Override
  public void forgets(Position first) {
    if (positions != null) {
      positions.forgets(first);
    }
  }

  @Override
  public void told(Position upTo) {
    if (positions != null) {
      positions.told(upTo);
    }
  }

  @Override
  public void sends(Batch<T> batch) {
    progress.sends(batch);
    openCalls.sends(batch);
    if (keys != null) {
      keys.sends(batch);
    }
  }

  @Override
  public void concluded(long number) {
    openCalls.concluded(number);
  }

  @Override
  public void settled(Settlement<T> settlement) {
    progress.settled(settlement);
    lock.lock();
    try {
      if (broken == null) {
        takeSpans(settlement);
        takeRows(settlement);
        if (keys != null) {
          keys.settled(settlement, now.text());
        }
        spill();
      }
    } catch (SQLException e) {
      broken = afterFailure(e);
    } catch (UserException e) {
      broken = e;
      rollBack();
    } finally {
      lock.unlock();
    }
  }

  /// Items that follow each other go together.
  private void takeSpans(Settlement<T> settlement) throws SQLException {
    List<Item<T>> items = settlement.items();
    boolean asRange = isUnsent(settlement) && !keepsBytes;
    int start = 0;
    for (int i = 1; i <= items.size(); i++) {
      Item<T> last = items.get(i - 1);
      if (i == items.size() || items.get(i).ordinal() != last.ordinal() + 1) {
        long first = items.get(start).ordinal();
        Origin origin = last.origin();
        settled.add(first, last.ordinal(), files.number(origin), origin);
        if (asRange) {
          unsent.add(first, last.ordinal(), reason(settlement));
        }
        start = i;
      }
    }
  }

  private static boolean isUnsent(Settlement<?> settlement) {
    return switch (settlement.disposition()) {
      case UNPROCESSED -> settlement.attempts() == 0;
      case DELIVERED, REJECTED, UNKNOWN -> false;
    };
  }

  private static Reason reason(Settlement<?> settlement) {
    return settlement.reason() == null ? Reason.of("") : settlement.reason();
  }

  private void takeRows(Settlement<T> settlement) throws SQLException {
    boolean asRows =
        switch (settlement.disposition()) {
          case DELIVERED -> false;
          case REJECTED, UNKNOWN -> true;
          case UNPROCESSED -> keepsBytes || !isUnsent(settlement);
        };
    if (!asRows) {
      return;
    }
    String time = now.text();
    for (Item<T> item : settlement.items()) {
      Origin origin = item.origin();
      byte[] bytes = keepsBytes && origin != null ? origin.bytes().toByteArray() : null;
      rows.add(settlement, item, files.number(origin), bytes, time);
      if (rows.isFull()) {
        spill();
      }
    }
  }

  private void spill() throws SQLException {
    if (rows.isFull()) {
      inTransaction = true;
      rows.write();
    }
    if (unsent.isFull()) {
      inTransaction = true;
      unsent.write();
    }
    if (keys != null && keys.isFull()) {
      inTransaction = true;
      keys.write();
    }
  }

  @Override
  public void wrote(Map<String, Long> newLengths) {
    lengths.wrote(newLengths);
  }

  @Override
  public void commit() {
    inOneStep(() -> {}, () -> {});
  }

  @Override
  public void finish(Report report, String text) {
    inOneStep(
        () -> progress.finished(report.tally(), report.throttled()),
        () ->
            new Ending(connection, ground.run().number())
                .write(report, text, ground.clock().instant(), resumed));
  }

  private interface Step {
    void take() throws SQLException;
  }

  private void inOneStep(Step before, Step after) {
    lock.lock();
    try {
      if (broken != null) {
        throw broken;
      }
      inTransaction = true;
      before.take();
      write();
      after.take();
      connection.commit();
      inTransaction = false;
    } catch (SQLException e) {
      broken = afterFailure(e);
      throw broken;
    } catch (UserException e) {
      broken = e;
      rollBack();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  private void write() throws SQLException {
    // First of all that a process which took over may have written too.
    if (!progress.write()) {
      throw takenOver();
    }
    files.write();
    rows.write();
    unsent.write();
    settled.write();
    openCalls.write(settled);
    lengths.write();
    if (keys != null) {
      keys.write();
    }
    if (positions != null) {
      positions.write();
    }
  }

  private UserException takenOver() {
    return new UserException(
        ("run %s was taken over by another process, because this one had not been heard of for %d s;"
                + " it goes on there")
            .formatted(ground.run().id(), Lease.LAPSE.toSeconds()));
  }

  /// A row may have been refused because a process that took the run over has written it.
  private UserException afterFailure(SQLException failure) {
    rollBack();
    try {
      if (!lease.beat()) {
        return takenOver();
      }
      connection.commit();
    } catch (SQLException e) {
      failure.addSuppressed(e);
      rollBack();
    }
    return ground.database().explain(failure);
  }

  private void rollBack() {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // There is nothing to save: what was not committed does not count.
    }
    inTransaction = false;
  }

  /// Says that this process lives; from another thread.
  void beat() {
    lock.lock();
    try {
      if (broken == null) {
        if (!lease.beat()) {
          broken = takenOver();
        }
        if (!inTransaction) {
          connection.commit();
        }
      }
    } catch (SQLException e) {
      // A commit will meet the same and tell it.
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    closed.accept(this);
    lock.lock();
    try {
      rollBack();
      release();
    } finally {
      lock.unlock();
    }
  }

  private void release() {
    try (connection) {
      lease.release();
      connection.commit();
    } catch (SQLException e) {
      // The lease lapses by itself.
    }
  }
}
