package dev.waybill.ledger;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.ledger.FailingKey.Operation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Writes what becomes of a flow's keys, in the transactions of the run's journal. Gathers some
/// first; the owner of the connection must commit.
///
/// Before a call its keys are put down as open; when they have come to their end, they are taken
/// out again and stand where that end belongs. So after a crash exactly those are in doubt that
/// stand open.
final class KeyRows implements KeyedWriting, AutoCloseable {

  private static final int MOST_ROWS = 5_000;

  private record Known(String key, long fingerprint) {}

  private record Trouble(
      String key, Operation operation, String status, long fingerprint, Reason reason, String at) {}

  private final String flow;
  private final long flowNumber;
  private final String run;
  private final long runNumber;
  private final Set<KeyHash> twins;
  private final boolean anyTwins;

  /// Whether something had failed before this run, which settles each key once.
  private final boolean anyTrouble;

  private final Prints prints = new Prints();
  private final PreparedStatement fence;
  private final PreparedStatement open;
  private final PreparedStatement close;
  private final PreparedStatement accept;
  private final PreparedStatement acceptTwin;
  private final PreparedStatement remove;
  private final PreparedStatement removeTwin;
  private final PreparedStatement fail;
  private final PreparedStatement heal;
  private final Map<KeyHash, String> toOpen = new LinkedHashMap<>();
  private final Set<KeyHash> toClose = new LinkedHashSet<>();
  private final Map<KeyHash, Known> toAccept = new LinkedHashMap<>();
  private final Set<KeyHash> toRemove = new LinkedHashSet<>();
  private final Map<KeyHash, Trouble> toFail = new LinkedHashMap<>();
  private final Set<KeyHash> toHeal = new LinkedHashSet<>();
  private Operation operation = Operation.WRITE;

  /// @param twins keys that share their hash with another one of the flow
  KeyRows(Connection connection, FlowState state, String run, Set<KeyHash> twins)
      throws SQLException {
    StateTables tables = state.tables();
    this.flow = state.flow().name();
    this.flowNumber = tables.number();
    this.run = run;
    this.runNumber = state.runs();
    this.twins = twins;
    this.anyTrouble = state.hasTrouble();
    this.anyTwins = !twins.isEmpty() || state.hasTwins();
    this.fence =
        connection.prepareStatement(
            "UPDATE keyed_flow SET last_run = last_run WHERE number = ? AND last_run = ?");
    this.open =
        connection.prepareStatement(
            "INSERT INTO "
                + tables.open()
                + " (hash, check_hash, key, operation) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    this.close = connection.prepareStatement(delete(tables.open()));
    this.accept = connection.prepareStatement(upsert(tables.accepted(), "hash"));
    this.acceptTwin = connection.prepareStatement(upsert(tables.twins(), "hash, check_hash"));
    this.remove = connection.prepareStatement(delete(tables.accepted()));
    this.removeTwin = connection.prepareStatement(delete(tables.twins()));
    this.heal = connection.prepareStatement(delete(tables.trouble()));
    this.fail =
        connection.prepareStatement(
            "INSERT INTO "
                + tables.trouble()
                + " (hash, check_hash, key, operation, status, fingerprint, code, message, first_at,"
                + " last_at, last_run, failures) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) ON"
                + " CONFLICT (hash, check_hash) DO UPDATE SET failures = CASE WHEN "
                + tables.trouble()
                + ".fingerprint = excluded.fingerprint THEN "
                + tables.trouble()
                + ".failures + 1 ELSE 1 END, operation = excluded.operation, status = CASE WHEN "
                + tables.trouble()
                // A later version that is rejected says nothing of the earlier one that may be
                // there: only a delivery ends a doubt.
                + ".status = 'unknown' THEN 'unknown' ELSE excluded.status END, fingerprint = excluded.fingerprint, code = excluded.code,"
                + " message = excluded.message, last_at = excluded.last_at, last_run ="
                + " excluded.last_run");
  }

  private static String upsert(String table, String key) {
    return "INSERT INTO "
        + table
        + " (hash, check_hash, fingerprint, key, run) VALUES (?, ?, ?, ?, ?) ON CONFLICT ("
        + key
        + ") DO UPDATE SET fingerprint = excluded.fingerprint, run = excluded.run";
  }

  private static String delete(String table) {
    return "DELETE FROM " + table + " WHERE hash = ? AND check_hash = ?";
  }

  @Override
  public void deletes() {
    operation = Operation.DELETE;
  }

  void sends(Batch<?> batch) {
    for (Item<?> item : batch.items()) {
      if (item.key() != null) {
        toOpen.put(prints.key(item.key()), item.key());
      }
    }
  }

  void settled(Settlement<?> settlement, String now) {
    for (Item<?> item : settlement.items()) {
      if (item.key() != null) {
        settled(settlement, item.key(), item.payload(), now);
      }
    }
  }

  private void settled(Settlement<?> settlement, String key, @Nullable Object payload, String now) {
    KeyHash hash = prints.key(key);
    if (settlement.attempts() > 0) {
      toOpen.remove(hash);
      toClose.add(hash);
    }
    switch (settlement.disposition()) {
      case DELIVERED -> {
        toFail.remove(hash);
        if (anyTrouble) {
          toHeal.add(hash);
        }
        switch (operation) {
          case WRITE -> toAccept.put(hash, new Known(key, fingerprint(payload)));
          case DELETE -> toRemove.add(hash);
        }
      }
      case REJECTED, UNKNOWN -> {
        boolean refusedUnsent = settlement.attempts() == 0;
        long fingerprint = refusedUnsent ? 0 : fingerprint(payload);
        Reason reason = settlement.reason() == null ? Reason.of("") : settlement.reason();
        String status = status(settlement.disposition());
        toFail.put(hash, new Trouble(key, operation, status, fingerprint, reason, now));
      }
      // Certainly not applied: the state is what it was, and the next run finds the difference.
      case UNPROCESSED -> {}
    }
  }

  private static String status(Disposition disposition) {
    return disposition.name().toLowerCase(Locale.ROOT);
  }

  private long fingerprint(@Nullable Object payload) {
    return payload instanceof Fields record ? prints.record(record) : 0;
  }

  boolean isFull() {
    return toOpen.size() + toClose.size() + toAccept.size() + toFail.size() >= MOST_ROWS;
  }

  /// Writes what was gathered.
  ///
  /// @throws UserException if another run of the flow has begun
  void write() throws SQLException {
    fence.setLong(1, flowNumber);
    fence.setString(2, run);
    if (fence.executeUpdate() != 1) {
      throw new UserException(
          "another run of the flow "
              + flow
              + " has begun, because this one had not been heard of for a while; it goes on there");
    }
    for (Map.Entry<KeyHash, String> key : toOpen.entrySet()) {
      bind(open, key.getKey());
      open.setString(3, key.getValue());
      open.setString(4, operation.name());
      open.addBatch();
    }
    execute(open, toOpen.size());
    toOpen.clear();
    each(close, toClose);
    if (anyTwins) {
      // A key may have moved from one of the two tables to the other.
      remove(toAccept.keySet());
    }
    for (Map.Entry<KeyHash, Known> key : toAccept.entrySet()) {
      PreparedStatement statement = twins.contains(key.getKey()) ? acceptTwin : accept;
      bind(statement, key.getKey());
      statement.setLong(3, key.getValue().fingerprint());
      statement.setString(4, key.getValue().key());
      statement.setLong(5, runNumber);
      statement.addBatch();
    }
    execute(accept, toAccept.size());
    execute(acceptTwin, toAccept.size());
    toAccept.clear();
    remove(toRemove);
    toRemove.clear();
    each(heal, toHeal);
    fail();
  }

  private void remove(Set<KeyHash> keys) throws SQLException {
    for (KeyHash hash : keys) {
      bind(remove, hash);
      remove.addBatch();
      bind(removeTwin, hash);
      removeTwin.addBatch();
    }
    execute(remove, keys.size());
    execute(removeTwin, keys.size());
  }

  private void fail() throws SQLException {
    for (Map.Entry<KeyHash, Trouble> key : toFail.entrySet()) {
      Trouble trouble = key.getValue();
      bind(fail, key.getKey());
      fail.setString(3, trouble.key());
      fail.setString(4, trouble.operation().name());
      fail.setString(5, trouble.status());
      fail.setLong(6, trouble.fingerprint());
      fail.setString(7, trouble.reason().code());
      fail.setString(8, trouble.reason().message());
      fail.setString(9, trouble.at());
      fail.setString(10, trouble.at());
      fail.setLong(11, runNumber);
      fail.addBatch();
    }
    execute(fail, toFail.size());
    toFail.clear();
  }

  private static void each(PreparedStatement statement, Set<KeyHash> keys) throws SQLException {
    for (KeyHash hash : keys) {
      bind(statement, hash);
      statement.addBatch();
    }
    execute(statement, keys.size());
    keys.clear();
  }

  private static void bind(PreparedStatement statement, KeyHash hash) throws SQLException {
    statement.setLong(1, hash.hash());
    statement.setLong(2, hash.check());
  }

  private static void execute(PreparedStatement statement, int rows) throws SQLException {
    if (rows > 0) {
      statement.executeBatch();
    }
  }

  @Override
  public void close() throws SQLException {
    for (PreparedStatement statement :
        new PreparedStatement[] {
          fence, open, close, accept, acceptTwin, remove, removeTwin, fail, heal
        }) {
      statement.close();
    }
  }
}
