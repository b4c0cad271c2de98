package dev.waybill.jdbc;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// A table of a PostgreSQL database. One transaction a batch, several batches at a time.
final class PostgresDestination implements Verifier<Fields>, Preview<Fields> {

  /// Beyond a thousand rows a COPY or a statement is no faster; see docs/destinations.
  private static final int SUGGESTED_ITEMS = 1_000;

  private final PostgresPool pool;
  private final Settings settings;
  private final @Nullable String creation;
  private final Table table;
  private final Map<String, PostgresTables.Rule> rules;
  private final Key key;
  private final RowEncoder encoder;
  private final PostgresStatements statements;
  private final PostgresWriter writer;
  private final ReentrantLock creating = new ReentrantLock();
  private volatile boolean created;

  private PostgresDestination(
      PostgresPool pool,
      Settings settings,
      @Nullable String creation,
      Table table,
      Map<String, PostgresTables.Rule> rules,
      Delivery delivery) {
    this.pool = pool;
    this.settings = settings;
    this.creation = creation;
    this.created = creation == null;
    this.table = table;
    this.rules = rules;
    this.key = Key.of(table, settings);
    this.encoder = new RowEncoder(table, settings, delivery.columns());
    this.statements = new PostgresStatements(table, settings.mode(), key.columns());
    this.writer = new PostgresWriter(statements);
  }

  /// Looks at the database and the table, and changes neither: a table that is missing is made in a
  /// transaction that is rolled back, to see what it will be like.
  static PostgresDestination open(PostgresPool pool, Settings settings, Delivery delivery) {
    try (Connection connection = pool.connectNow()) {
      try {
        var tables = new PostgresTables(settings, pool.shown());
        String creation = tables.creation(connection, delivery);
        if (creation != null) {
          run(connection, creation, settings);
        }
        Table table = tables.load(connection);
        var destination =
            new PostgresDestination(
                pool, settings, creation, table, tables.rules(connection), delivery);
        destination.checkKey(connection);
        return destination;
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      throw new UserException(
          "PostgreSQL database " + pool.shown() + " can not be used: " + PostgresErrors.text(e), e);
    }
  }

  private static void run(Connection connection, String script, Settings settings)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(script);
    } catch (SQLException e) {
      if (settings.schema() == null) {
        throw e;
      }
      throw new UserException(
          "The script " + settings.schema() + " does not run: " + PostgresErrors.text(e), e);
    }
  }

  /// An upsert needs a unique rule on its key; PostgreSQL says so when it plans the statement.
  private void checkKey(Connection connection) throws SQLException {
    if (settings.mode() == Settings.Mode.UPSERT) {
      try (var statement = connection.createStatement()) {
        statement.execute(
            "explain insert into "
                + table.sql()
                + " select * from "
                + table.sql()
                + Statements.onConflict(settings.mode(), new Shape(key.columns()), key.columns()));
      } catch (SQLException e) {
        if (PostgresErrors.state(e).equals("42P10")) {
          throw key.notUnique(table, e);
        }
        throw e;
      }
    }
  }

  @Override
  public Traits traits() {
    return Traits.of(
            settings.mode() == Settings.Mode.UPSERT
                ? Traits.Idempotence.IDEMPOTENT
                : Traits.Idempotence.NOT_IDEMPOTENT)
        .maxInFlight(pool.connections())
        .suggesting(SUGGESTED_ITEMS, pool.connections(), 0);
  }

  @Override
  public Reply send(Batch<Fields> batch) {
    return switch (encoder.encode(batch.items())) {
      case Rows.Unfit(Reply reply) -> reply;
      case Rows.Ready(List<Row> rows) -> write(rows);
    };
  }

  private Reply write(List<Row> rows) {
    Connection connection;
    try {
      connection = pool.connection();
    } catch (SQLException e) {
      return whole(e, rows.size());
    }
    try {
      create(connection);
      return write(connection, rows);
    } catch (SQLException e) {
      rollback(connection);
      return whole(e, rows.size());
    } finally {
      giveBack(connection);
    }
  }

  /// Never throws: the batch has its reply by now.
  private static void giveBack(Connection connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      // the pool throws it away
    }
  }

  private Reply write(Connection connection, List<Row> rows) {
    boolean committing = false;
    try {
      long written = writer.write(connection, rows);
      if (written < rows.size() && settings.mode() == Settings.Mode.INSERT) {
        connection.rollback();
        return refused(connection, rows, Meaning.BAD_ROW, PostgresDiagnosis.skipped(table));
      }
      committing = true;
      connection.commit();
      return Reply.accepted(rows.size());
    } catch (SQLException e) {
      if (PostgresErrors.isBroken(e)) {
        pool.discard(connection);
      }
      if (committing && !PostgresErrors.commitWasRolledBack(e)) {
        pool.discard(connection);
        return new Reply.InDoubt(PostgresErrors.reason(e));
      }
      rollback(connection);
      Meaning meaning = PostgresErrors.meaning(e);
      return meaning.isRefusal()
          ? refused(connection, rows, meaning, single(e, rows))
          : whole(e, rows.size());
    }
  }

  private Reason single(SQLException error, List<Row> rows) {
    return rows.size() == 1
        ? PostgresErrors.reason(error, rows.getFirst(), rules)
        : PostgresErrors.reason(error);
  }

  /// The reply to a batch that was refused for its rows and rolled back.
  private Reply refused(Connection connection, List<Row> rows, Meaning meaning, Reason reason) {
    if (rows.size() > 1) {
      try {
        var refusals = new PostgresDiagnosis(statements, rules, table).find(connection, rows);
        if (!refusals.isEmpty()) {
          return refusals.reply(rows.size());
        }
      } catch (SQLException e) {
        // The batch was refused all the same; only who is at fault stays unknown.
      }
    }
    return Replies.refused(rows.size(), List.of(), reason, meaning.kind(settings.mode()));
  }

  /// The reply to an error that is no row's; nothing was applied.
  private Reply whole(SQLException error, int size) {
    return Replies.whole(
        PostgresErrors.meaning(error), PostgresErrors.reason(error), size, settings.mode());
  }

  private static void rollback(Connection connection) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      // the connection is gone, and with it the transaction
    }
  }

  private void create(Connection connection) throws SQLException {
    if (created || creation == null) {
      return;
    }
    creating.lock();
    try {
      if (!created) {
        if (!new PostgresTables(settings, pool.shown()).exists(connection)) {
          run(connection, creation, settings);
        }
        connection.commit();
        created = true;
      }
    } finally {
      creating.unlock();
    }
  }

  @Override
  public Findings find(List<Item<Fields>> items) {
    var presences = new ArrayList<Presence>(items.size());
    var places = new ArrayList<Integer>();
    var keys = new ArrayList<List<Object>>();
    for (Item<Fields> item : items) {
      switch (key.valuesOf(item, encoder)) {
        case Key.Values.Missing(Reason reason) -> presences.add(new Presence.Undecided(reason));
        case Key.Values.Known(List<Object> values) -> {
          places.add(presences.size());
          keys.add(values);
          presences.add(new Presence.Absent());
        }
      }
    }
    if (keys.isEmpty()) {
      return new Findings.Found(presences);
    }
    try (Connection connection = pool.connection();
        var statement = connection.prepareStatement(statements.find())) {
      for (int c = 0; c < key.columns().size(); c++) {
        int column = c;
        String[] values = keys.stream().map(k -> k.get(column).toString()).toArray(String[]::new);
        statement.setArray(c + 1, connection.createArrayOf("text", values));
      }
      try (var found = statement.executeQuery()) {
        while (found.next()) {
          presences.set(places.get(found.getInt(1) - 1), new Presence.Present(null));
        }
      }
      return new Findings.Found(presences);
    } catch (SQLException e) {
      return new Findings.Failed(PostgresErrors.reason(e));
    }
  }

  @Override
  public String preview(Batch<Fields> batch) {
    return Previews.text(
        created ? null : creation,
        encoder.encode(batch.items()),
        switch (settings.mode()) {
          case INSERT -> statements::copy;
          case UPSERT -> statements::insertArrays;
        });
  }

  @Override
  public void close() {
    pool.close();
  }
}
