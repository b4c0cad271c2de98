package dev.waybill.ledger;

import dev.waybill.UserException;
import dev.waybill.ledger.ProcessTable.Identity;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The right to work on a run, held by one journal at a time.
///
/// It lapses when its holder has not said for a while that it lives, or at once when it is certain
/// that its process has ended. A holder that lost it so finds that out at its next commit, whose
/// transaction writes only where its own name still stands.
final class Lease implements AutoCloseable {

  /// A holder that was silent for so long counts as dead.
  static final Duration LAPSE = Duration.ofSeconds(15);

  /// How often a holder says that it lives.
  static final Duration BEAT = Duration.ofSeconds(4);

  /// Who holds a run, as it stands in the ledger.
  record Held(String holder, Identity process, Instant since, Instant heartbeat) {

    boolean isLive(Instant now, ProcessTable processes) {
      return heartbeat.plus(LAPSE).isAfter(now) && !processes.isGone(process);
    }

    Holder asHolder() {
      return new Holder(process.host(), process.pid(), since, heartbeat);
    }
  }

  final String holder;
  private final Clock clock;
  private final PreparedStatement beat;
  private final PreparedStatement release;

  private Lease(Connection connection, long run, String holder, Clock clock) throws SQLException {
    this.holder = holder;
    this.clock = clock;
    this.beat =
        connection.prepareStatement(
            "UPDATE progress SET heartbeat_at = ? WHERE run = " + run + " AND holder = ?");
    this.release =
        connection.prepareStatement(
            "UPDATE progress SET holder = NULL, host = NULL, pid = NULL, pid_space = NULL,"
                + " process_started_at = NULL, held_since = NULL, heartbeat_at = NULL WHERE run = "
                + run
                + " AND holder = ?");
  }

  /// Keeps all others from this run to the end of the transaction. Its first statement: SQLite
  /// needs it to begin by writing.
  ///
  /// @return whether there is such a run
  static boolean lock(Connection connection, String id) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE progress SET holder = holder WHERE run = (SELECT number FROM run WHERE id = ?)")) {
      update.setString(1, id);
      return update.executeUpdate() == 1;
    }
  }

  /// Takes the lease if it is free or has lapsed, of a run that is locked; the caller commits.
  ///
  /// @throws UserException if another process holds it
  static Lease take(Connection connection, RunKey run, Clock clock, ProcessTable processes)
      throws SQLException {
    Held held = held(connection, run.number());
    Instant now = clock.instant();
    if (held != null && held.isLive(now, processes)) {
      throw refused(run, held);
    }
    var lease = new Lease(connection, run.number(), UUID.randomUUID().toString(), clock);
    lease.write(connection, run.number(), processes.self(), now);
    return lease;
  }

  private static UserException refused(RunKey run, Held held) {
    return new UserException(
        "run %s is worked on by process %d on %s since %s; wait for its end, or end that process"
            .formatted(run.id(), held.process().pid(), held.process().host(), held.since()));
  }

  private void write(Connection connection, long run, Identity self, Instant now)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "UPDATE progress SET holder = ?, host = ?, pid = ?, pid_space = ?,"
                + " process_started_at = ?, held_since = ?, heartbeat_at = ? WHERE run = ?")) {
      update.setString(1, holder);
      update.setString(2, self.host());
      update.setLong(3, self.pid());
      update.setString(4, self.pidSpace());
      update.setString(5, Times.text(self.startedAt()));
      update.setString(6, Times.text(now));
      update.setString(7, Times.text(now));
      update.setLong(8, run);
      update.executeUpdate();
    }
  }

  private static @Nullable Held held(Connection connection, long run) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("SELECT " + HELD + " FROM progress p WHERE p.run = ?")) {
      select.setLong(1, run);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? held(row, 1) : null;
      }
    }
  }

  /// The columns that [#held(ResultSet, int)] reads, of the table `p`.
  static final String HELD =
      "p.holder, p.host, p.pid, p.pid_space, p.process_started_at, p.held_since, p.heartbeat_at";

  /// Who holds a run; null if nobody does.
  ///
  /// @param from the first of these columns
  static @Nullable Held held(ResultSet row, int from) throws SQLException {
    String holder = row.getString(from);
    if (holder == null) {
      return null;
    }
    return new Held(
        holder,
        new Identity(
            row.getString(from + 1),
            row.getString(from + 3),
            row.getLong(from + 2),
            Instant.parse(row.getString(from + 4))),
        Instant.parse(row.getString(from + 5)),
        Instant.parse(row.getString(from + 6)));
  }

  /// Says that the holder lives.
  ///
  /// @return whether it is still the holder
  boolean beat() throws SQLException {
    beat.setString(1, Times.text(clock.instant()));
    beat.setString(2, holder);
    return beat.executeUpdate() == 1;
  }

  /// Gives it back, if it is still this one's.
  void release() throws SQLException {
    release.setString(1, holder);
    release.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    beat.close();
    release.close();
  }
}
