package dev.waybill.ledger;

import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.ledger.FailingKey.Doubt;
import dev.waybill.ledger.FailingKey.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// What is known of each key of a flow: what the destination accepted last, and what fails. Safe
/// for use by many threads, but for [#begin].
///
/// Streams hold a connection and must be closed. All methods throw [UserException] if the ledger
/// can not be read or written.
public final class FlowState {

  /// Whether an [AcceptedKey] comes with the key itself, which makes it slower.
  public enum Detail {
    HASHES,
    KEYS
  }

  private final Database database;
  private final Clock clock;
  private final StateTables tables;
  private final KeyedFlow flow;
  private final List<String> kinds;
  private long runs;

  FlowState(
      Database database,
      Clock clock,
      StateTables tables,
      KeyedFlow flow,
      List<String> kinds,
      long runs) {
    this.database = database;
    this.clock = clock;
    this.tables = tables;
    this.flow = flow;
    this.kinds = kinds;
    this.runs = runs;
  }

  public KeyedFlow flow() {
    return flow;
  }

  StateTables tables() {
    return tables;
  }

  /// How many runs the flow has had.
  public long runs() {
    return runs;
  }

  /// What kind of value each field of the key holds, in the words of [#begin]; empty if that is not
  /// known yet.
  public List<String> kinds() {
    return kinds;
  }

  /// The accepted keys, in the order of their hashes.
  public Stream<AcceptedKey> accepted(Detail detail) {
    String columns =
        "SELECT hash, check_hash, fingerprint, run, "
            + (detail == Detail.KEYS ? "key" : "''")
            + " FROM ";
    String sql =
        columns
            + tables.accepted()
            + (hasTwins() ? " UNION ALL " + columns + tables.twins() : "")
            + " ORDER BY 1, 2";
    return Rows.stream(database, connection -> cursor(connection, sql, FlowState::accepted));
  }

  private static AcceptedKey accepted(ResultSet row) throws SQLException {
    return new AcceptedKey(
        new KeyHash(row.getLong(1), row.getLong(2)),
        row.getLong(3),
        row.getString(5),
        row.getLong(4));
  }

  /// Whether there are keys with the same hash.
  boolean hasTwins() {
    return hasRows(tables.twins());
  }

  /// Whether there are keys that fail.
  boolean hasTrouble() {
    return hasRows(tables.trouble());
  }

  private boolean hasRows(String table) {
    return ask(
        connection -> {
          try (PreparedStatement select =
                  connection.prepareStatement("SELECT 1 FROM " + table + " LIMIT 1");
              ResultSet row = select.executeQuery()) {
            return row.next();
          }
        });
  }

  /// The keys that were not accepted when they were sent last, in the order of their hashes.
  public Stream<FailingKey> failing() {
    String sql =
        "SELECT hash, check_hash, key, operation, status, fingerprint, code, message, first_at,"
            + " last_at, last_run, failures FROM "
            + tables.trouble()
            + " ORDER BY hash, check_hash";
    return Rows.stream(database, connection -> cursor(connection, sql, FlowState::failing));
  }

  /// Why keys fail now, and since when, the commonest reason first. Reads all keys that do.
  public List<ReasonHistory> reasons() {
    var histories = new ReasonHistories();
    try (Stream<FailingKey> keys = failing()) {
      keys.forEach(histories::add);
    }
    return histories.all();
  }

  private static FailingKey failing(ResultSet row) throws SQLException {
    return new FailingKey(
        new KeyHash(row.getLong(1), row.getLong(2)),
        row.getString(3),
        Operation.valueOf(row.getString(4)),
        row.getString(5).equals("unknown") ? Doubt.MAY_BE_APPLIED : Doubt.NONE,
        row.getLong(6),
        new Reason(row.getString(7), row.getString(8)),
        Instant.parse(row.getString(9)),
        Instant.parse(row.getString(10)),
        row.getLong(11),
        row.getInt(12));
  }

  private static <T> Cursor<T> cursor(Connection connection, String sql, Cursor.Reading<T> reading)
      throws SQLException {
    PreparedStatement select = connection.prepareStatement(sql);
    select.setFetchSize(10_000);
    return new Cursor<>(select, select.executeQuery(), reading);
  }

  /// The state in numbers.
  public StateSummary summary() {
    return ask(
        connection -> {
          String sql =
              "SELECT runs, last_run, (SELECT count(*) FROM "
                  + tables.accepted()
                  + ") + (SELECT count(*) FROM "
                  + tables.twins()
                  + "), (SELECT count(*) FROM "
                  + tables.trouble()
                  + " WHERE status <> 'unknown'), (SELECT count(*) FROM "
                  + tables.trouble()
                  + " WHERE status = 'unknown') + (SELECT count(*) FROM "
                  + tables.open()
                  + "), (SELECT min(first_at) FROM "
                  + tables.trouble()
                  + " WHERE status <> 'unknown') FROM keyed_flow WHERE number = "
                  + tables.number();
          try (PreparedStatement select = connection.prepareStatement(sql);
              ResultSet row = select.executeQuery()) {
            row.next();
            String since = row.getString(6);
            return new StateSummary(
                flow,
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                since == null ? null : Instant.parse(since));
          }
        });
  }

  /// Takes note of what a run left that broke off: the keys of its open calls are in doubt. No
  /// other run of the flow may be under way.
  public void takeUp() {
    change(
        connection -> {
          String now = Times.text(clock.instant());
          try (PreparedStatement doubt =
              connection.prepareStatement(
                  "INSERT INTO "
                      + tables.trouble()
                      + " (hash, check_hash, key, operation, status, fingerprint, code, message,"
                      + " first_at, last_at, last_run, failures) SELECT hash, check_hash, key,"
                      + " operation, 'unknown', 0, NULL, 'the run that sent it broke off', ?, ?, ?,"
                      + " 1 FROM "
                      + tables.open()
                      + " WHERE true ON CONFLICT (hash, check_hash) DO UPDATE SET status ="
                      + " 'unknown', operation = excluded.operation, fingerprint = 0, code = NULL,"
                      + " message = excluded.message, last_at = excluded.last_at, last_run ="
                      + " excluded.last_run")) {
            doubt.setString(1, now);
            doubt.setString(2, now);
            doubt.setLong(3, runs);
            doubt.executeUpdate();
          }
          execute(connection, "DELETE FROM " + tables.open());
        });
  }

  /// Forgets failures that mean nothing any more: the destination has what the source has, or the
  /// source has the record no longer.
  public void forget(Iterable<KeyHash> healed) {
    change(
        connection -> {
          try (PreparedStatement delete =
              connection.prepareStatement(
                  "DELETE FROM " + tables.trouble() + " WHERE hash = ? AND check_hash = ?")) {
            int rows = 0;
            for (KeyHash hash : healed) {
              delete.setLong(1, hash.hash());
              delete.setLong(2, hash.check());
              delete.addBatch();
              rows++;
            }
            if (rows > 0) {
              delete.executeBatch();
            }
          }
        });
  }

  /// A run of the flow begins; none that began before may change the state any more.
  ///
  /// @param run its id in the ledger
  /// @param newKinds what kind of value each field of the key holds: `text`, `number`, `boolean`;
  ///   empty if the source had no record
  /// @throws UserException if another one has begun since this state was opened
  public void begin(String run, List<String> newKinds) {
    change(
        connection -> {
          try (PreparedStatement update =
              connection.prepareStatement(
                  "UPDATE keyed_flow SET runs = runs + 1, last_run = ?, key_kinds = ? WHERE number"
                      + " = ? AND runs = ?")) {
            update.setString(1, run);
            update.setString(2, String.join(",", newKinds.isEmpty() ? kinds : newKinds));
            update.setLong(3, tables.number());
            update.setLong(4, runs);
            if (update.executeUpdate() != 1) {
              throw new UserException(
                  "Another run of the flow "
                      + flow.name()
                      + " has begun meanwhile: let it end, and begin again.");
            }
          }
        });
    runs++;
  }

  /// Forgets one key: its record counts as new.
  ///
  /// @return whether anything was known of it
  public boolean reset(String key) {
    KeyHash hash = new Prints().key(key);
    var found = new ArrayList<Integer>();
    change(
        connection -> {
          for (String table : List.of(tables.accepted(), tables.twins(), tables.trouble())) {
            try (PreparedStatement delete =
                connection.prepareStatement(
                    "DELETE FROM " + table + " WHERE hash = ? AND check_hash = ?")) {
              delete.setLong(1, hash.hash());
              delete.setLong(2, hash.check());
              found.add(delete.executeUpdate());
            }
          }
        });
    return found.stream().anyMatch(rows -> rows > 0);
  }

  /// Forgets everything: the next run sends all.
  public void reset() {
    change(tables::drop);
  }

  /// The flow as a row of `keyed_flow` tells it: number, name, destination, key_columns, key_kinds,
  /// runs.
  static FlowState of(Database database, Clock clock, ResultSet row) throws SQLException {
    return new FlowState(
        database,
        clock,
        new StateTables(row.getLong(1)),
        new KeyedFlow(row.getString(2), row.getString(3), list(row.getString(4))),
        list(row.getString(5)),
        row.getLong(6));
  }

  private static List<String> list(String joined) {
    return joined.isEmpty() ? List.of() : Arrays.asList(joined.split(",", -1));
  }

  private interface Step<R> {
    R take(Connection connection) throws SQLException;
  }

  private interface Change {
    void make(Connection connection) throws SQLException;
  }

  private <R> R ask(Step<R> step) {
    try (Connection connection = database.connect()) {
      return step.take(connection);
    } catch (SQLException e) {
      throw database.explain(e);
    }
  }

  private void change(Change change) {
    ask(
        connection -> {
          connection.setAutoCommit(false);
          try {
            change.make(connection);
            connection.commit();
            return true;
          } catch (SQLException | RuntimeException e) {
            connection.rollback();
            throw e;
          }
        });
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
