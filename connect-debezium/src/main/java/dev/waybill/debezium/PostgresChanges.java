package dev.waybill.debezium;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.jdbc.PostgresSourceProvider;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Lag;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Position;
import dev.waybill.spi.Source;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The rows of a table, and then its changes, until it is closed. Connections come and go; what is
/// kept here outlives them.
final class PostgresChanges implements LiveSource {

  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);

  /// After this long another process is held to read the slot for good. A server gives up a
  /// connection that is gone after 60 s (`wal_sender_timeout`).
  private static final Duration MOST_BUSY = Duration.ofSeconds(90);

  /// Failures in a row, with no record between, that do not look as if they passed.
  private static final int MOST_FAILURES = 4;

  /// Other people's changes of that many bytes are worth a heartbeat, which is a change itself.
  private static final long WORTH_A_BEAT = 64 << 10;

  private final Subscription wanted;
  private final Site.Table table;
  private @Nullable Host host;
  private @Nullable Reading reading;
  private @Nullable Pulse pulse;
  private Rows rows;
  private boolean rowsKnownDone;
  private Confirmations confirmations = new Confirmations();
  private String partition = "";
  private int failures;
  private long retryAt = System.nanoTime();
  private long lookAt = System.nanoTime();
  private long beatAt = System.nanoTime();
  private long busySince;
  private boolean busy;
  private volatile Lag lag = Lag.UNKNOWN;

  private PostgresChanges(Subscription wanted, Site.Table table) {
    this.wanted = wanted;
    this.table = table;
    this.rows = new Rows(wanted.slot());
  }

  /// Looks whether all is as it must be, and changes nothing.
  static PostgresChanges open(Subscription wanted) {
    try (Connection connection = wanted.login().connect()) {
      return new PostgresChanges(wanted, Site.of(connection, wanted).table());
    } catch (SQLException e) {
      throw unreadable(wanted, e);
    }
  }

  /// A deletion has fewer than a row, and so has a row whose long values did not change.
  @Override
  public FieldNames columns() {
    return FieldNames.of();
  }

  @Override
  public String name() {
    return table.name();
  }

  @Override
  public void sample(Intake<Fields> intake, int most) {
    try (Source some =
        PostgresSourceProvider.some(wanted.login(), table.schema(), table.name(), most)) {
      while (some.next(intake)) {}
    }
  }

  @Override
  public void start(Host reader) {
    host = reader;
    connect();
  }

  @Override
  public void poll(Intake<Fields> intake, int most, Duration wait) {
    long until = System.nanoTime() + wait.toNanos();
    attend();
    if (most == 0) {
      return;
    }
    do {
      Reading now = reading;
      if (now == null) {
        LockSupport.parkNanos(Math.min(until - System.nanoTime(), 50_000_000));
        attend();
        continue;
      }
      try {
        int given = now.handOver(intake, most);
        if (rows.isOver()) {
          afterRows();
        }
        if (given > 0 || reading == null) {
          return;
        }
        if (now.read()) {
          failures = 0;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      } catch (SQLException | RuntimeException e) {
        failed(e);
      }
    } while (System.nanoTime() < until);
  }

  // ---- connections

  private void connect() {
    try {
      begin();
    } catch (SQLException | RuntimeException e) {
      if (e instanceof UserException known && !Trouble.passes(e)) {
        throw known;
      }
      failed(e);
    }
  }

  private void begin() throws SQLException {
    Site site;
    Setup.Beginning beginning;
    try (Connection connection = wanted.login().connect()) {
      connection.setAutoCommit(true);
      site = Site.of(connection, wanted);
      if (isBusy(site.slot())) {
        return;
      }
      beginning = beginning(connection, site);
    }
    if (beginning != Setup.Beginning.CHANGES) {
      rows = new Rows(wanted.slot());
    }
    String place = wanted.slot() + "/" + site.timeline();
    if (!place.equals(partition)) {
      partition = place;
      confirmations = new Confirmations();
    }
    var connector = new Connector(Setup.of(wanted, site.table(), beginning));
    try {
      Pulse beside = new Pulse(wanted.login(), wanted.slot());
      pulse = beside;
      reading =
          new Reading(
              connector,
              beginning,
              partition,
              site.table(),
              new Lookup(beside.connection(), site.table()),
              rows,
              confirmations,
              () -> beside.look().confirmed());
    } catch (SQLException | RuntimeException e) {
      connector.close();
      throw e;
    }
  }

  /// Whether another reads the slot: often our own connection of before, which the server has not
  /// given up yet.
  private boolean isBusy(@Nullable Slot slot) {
    if (slot == null || slot.readBy() == null) {
      busy = false;
      return false;
    }
    long now = System.nanoTime();
    if (!busy) {
      busy = true;
      busySince = now;
    }
    if (now - busySince > MOST_BUSY.toNanos()) {
      throw new UserException(
          "The replication slot '%s' of %s is being read by another (process %d of the server): if that is another flow, give this one a slot of its own by --option slot=NAME"
              .formatted(slot.name(), wanted.login().shown(), slot.readBy()));
    }
    retryAt = now + TimeUnit.SECONDS.toNanos(1);
    return true;
  }

  private Setup.Beginning beginning(Connection connection, Site site) throws SQLException {
    Memory memory = Memory.of(host().bookmark(), wanted.slot(), table.shown());
    Slot slot = site.slot();
    if (memory == null && slot != null) {
      throw new UserException(
          "The replication slot '%s' of %s is there already, and was not made by this flow: name another by --option slot=NAME; or, if nobody needs it, drop it by %s"
              .formatted(slot.name(), wanted.login().shown(), slot.dropping()));
    }
    boolean rowsAreRead = rows.isOver() || (memory != null && memory.stage() == Memory.Stage.DONE);
    if (rowsAreRead && slot == null) {
      throw new UserException(
          "The replication slot '%s' of %s is gone, and with it the changes that were not read yet: begin anew, rows and all, under another name: --option slot=NAME"
              .formatted(wanted.slot(), wanted.login().shown()));
    }
    if (memory == null) {
      remember(Memory.Stage.BEGUN);
    }
    if (!site.isPublished()) {
      publish(connection, site);
    }
    if (rowsAreRead) {
      return Setup.Beginning.CHANGES;
    }
    if (wanted.snapshot() == Subscription.Snapshot.NEVER) {
      if (slot == null) {
        Slot.make(connection, wanted.slot());
      }
      remember(Memory.Stage.DONE);
      return Setup.Beginning.CHANGES;
    }
    return slot == null ? Setup.Beginning.ROWS_THEN_CHANGES : Setup.Beginning.ROWS;
  }

  private void publish(Connection connection, Site site) {
    try {
      site.publish(connection, wanted);
    } catch (SQLException e) {
      throw new UserException(
          "The publication %s of %s can not be made: %s; let an owner of the table say \"create publication %1$s for table %s\""
              .formatted(
                  wanted.publication(), wanted.login().shown(), Trouble.text(e), table.shown()),
          e);
    }
  }

  private void remember(Memory.Stage stage) {
    host().bookmark(new Memory(wanted.slot(), table.shown(), stage).text());
    rowsKnownDone = stage == Memory.Stage.DONE;
  }

  /// All rows from before the changes were handed over.
  private void afterRows() {
    if (!rowsKnownDone && rows.areDone()) {
      remember(Memory.Stage.DONE);
    }
    Reading now = reading;
    if (now != null && now.isFinished()) {
      disconnect();
      connect();
    }
  }

  private void failed(Exception error) {
    disconnect();
    failures++;
    if (failures >= MOST_FAILURES && !Trouble.passes(error)) {
      throw unreadable(wanted, error);
    }
    long pause = Math.min(LONGEST_PAUSE.toMillis(), 250L << Math.min(failures, 10));
    retryAt = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(pause);
  }

  private void disconnect() {
    if (reading != null) {
      reading.close();
      reading = null;
    }
    if (pulse != null) {
      pulse.close();
      pulse = null;
    }
  }

  // ---- beside the records

  /// Connects anew if that is due; looks how far the server is, and keeps the slot moving.
  private void attend() {
    long now = System.nanoTime();
    if (reading == null) {
      if (now >= retryAt) {
        connect();
      }
    } else if (now >= lookAt) {
      lookAt = now + LOOK.toNanos();
      try {
        look(reading, Objects.requireNonNull(pulse), now);
      } catch (SQLException e) {
        failed(e);
      }
    }
  }

  private void look(Reading from, Pulse beside, long now) throws SQLException {
    Pulse.Places places = beside.look();
    long read = Math.max(confirmations.end(), places.confirmed());
    long sent = from.isDrained() ? Math.max(read, places.sent()) : read;
    lag = Lag.bytes(Math.max(0, places.end() - sent));
    if (confirmations.confirmable() > places.confirmed()) {
      from.confirm();
    }
    if (now >= beatAt && from.isDrained() && places.end() - read >= WORTH_A_BEAT) {
      beatAt = now + wanted.pulse().toNanos();
      beside.beat();
    }
  }

  @Override
  public void settled(Map<String, Position> upTo) {
    Position ofRows = upTo.get(rows.partition());
    if (ofRows != null) {
      rows.settled(ofRows);
    }
    if (rows.isOver()) {
      afterRows();
    }
    Position ofChanges = upTo.get(partition);
    if (ofChanges != null) {
      confirmations.settled(ofChanges);
      if (reading != null) {
        reading.confirm();
      }
    }
  }

  @Override
  public Lag lag() {
    return lag;
  }

  @Override
  public void close() {
    if (reading != null) {
      reading.confirm();
    }
    disconnect();
  }

  private Host host() {
    return Objects.requireNonNull(host, "start() comes first");
  }

  private static UserException unreadable(Subscription wanted, Exception error) {
    return new UserException(
        "The changes of %s at %s can not be read: %s"
            .formatted(wanted.shown(), wanted.login().shown(), Trouble.text(error)),
        error);
  }
}
