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
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteException;

/// A table of an SQLite file. One connection; one transaction a batch, row by row, so that every
/// row at fault is known at the first call.
final class SqliteDestination implements Verifier<Fields>, Preview<Fields> {

  /// A commit costs about as much as a hundred rows; beyond a thousand nothing more is gained.
  private static final int SUGGESTED_ITEMS = 1_000;

  private final SqliteSession session;
  private final Settings settings;
  private final Table table;
  private final Key key;
  private final @Nullable String creation;
  private final RowEncoder encoder;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SqliteWriter writer;

  private SqliteDestination(
      SqliteSession session,
      Settings settings,
      Table table,
      @Nullable String creation,
      Delivery delivery) {
    this.session = session;
    this.settings = settings;
    this.table = table;
    this.creation = creation;
    this.key = Key.of(table, settings);
    this.encoder = new RowEncoder(table, settings, delivery.columns());
  }

  /// Looks at the file and the table, and changes neither: a table that is missing is made in a
  /// transaction that is rolled back, to see what it will be like.
  static SqliteDestination open(SqliteSession session, Settings settings, Delivery delivery) {
    session.checkWritable();
    try (Connection connection = session.exists() ? session.connect() : session.scratch()) {
      var tables = new SqliteTables(session.file(), settings);
      String creation = tables.creation(connection, delivery);
      try (var statement = connection.createStatement()) {
        if (creation != null) {
          statement.execute("begin");
          run(connection, creation, settings);
        }
        var destination =
            new SqliteDestination(session, settings, tables.load(connection), creation, delivery);
        destination.checkKey(connection);
        return destination;
      }
    } catch (SQLException e) {
      throw new UserException(
          session.file()
              + " can not be used: "
              + (e instanceof SQLiteException s ? SqliteErrors.text(s) : e.getMessage()),
          e);
    }
  }

  private static void run(Connection connection, String script, Settings settings)
      throws SQLException {
    try (var statement = connection.createStatement()) {
      // executeUpdate runs all statements of a script; execute would run the first alone.
      statement.executeUpdate(script);
    } catch (SQLiteException e) {
      if (settings.schema() == null) {
        throw e;
      }
      throw new UserException(
          "The script " + settings.schema() + " does not run: " + SqliteErrors.text(e), e);
    }
  }

  /// An upsert needs a unique rule on its key, and SQLite says so when the statement is prepared.
  private void checkKey(Connection connection) throws SQLException {
    if (settings.mode() == Settings.Mode.UPSERT) {
      var shape = new Shape(key.columns());
      String sql = SqliteWriter.sql(table, settings.mode(), key.columns(), shape);
      try {
        connection.prepareStatement(sql).close();
      } catch (SQLException e) {
        throw key.notUnique(table, e);
      }
    }
  }

  @Override
  public Traits traits() {
    return Traits.of(
            settings.mode() == Settings.Mode.UPSERT
                ? Traits.Idempotence.IDEMPOTENT
                : Traits.Idempotence.NOT_IDEMPOTENT)
        .maxInFlight(1)
        .suggesting(SUGGESTED_ITEMS, 1, 0);
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    return switch (encoder.encode(batch.items())) {
      case Rows.Unfit(Reply reply) -> reply;
      case Rows.Ready(List<Row> rows) -> {
        lock.lockInterruptibly();
        try {
          yield write(rows);
        } finally {
          lock.unlock();
        }
      }
    };
  }

  private Reply write(List<Row> rows) {
    SqliteWriter open;
    try {
      open = writer();
      open.begin();
    } catch (SQLiteException e) {
      return whole(e, rows.size());
    } catch (SQLException e) {
      return new Reply.Unavailable(Reason.of(String.valueOf(e.getMessage())));
    }
    boolean committing = false;
    try {
      if (!open.write(rows) && settings.mode() == Settings.Mode.INSERT) {
        open.rollback();
        return refused(open, rows, Meaning.DUPLICATE, SqliteErrors.skipped(table));
      }
      committing = true;
      open.commit();
      return Reply.accepted(rows.size());
    } catch (SQLiteException e) {
      // Once the journal is being written, a failing disk leaves open how far it came.
      if (committing && (e.getResultCode().code & 0xff) == SqliteErrors.IOERR) {
        disconnect();
        return new Reply.InDoubt(SqliteErrors.reason(e));
      }
      open.rollback();
      Meaning meaning = SqliteErrors.meaning(e);
      return meaning.isRefusal()
          ? refused(open, rows, meaning, SqliteErrors.reason(e))
          : whole(e, rows.size());
    } catch (SQLException e) {
      open.rollback();
      return new Reply.Unavailable(Reason.of(String.valueOf(e.getMessage())));
    }
  }

  /// The reply to a batch that was refused for its rows and rolled back.
  private Reply refused(SqliteWriter open, List<Row> rows, Meaning meaning, Reason reason) {
    try {
      Refusals refusals = new SqliteDiagnosis(open, table, settings.mode()).find(rows);
      if (!refusals.isEmpty()) {
        return refusals.reply(rows.size());
      }
    } catch (SQLException e) {
      // The batch was refused all the same; only who is at fault stays unknown.
    }
    return Replies.refused(rows.size(), List.of(), reason, meaning.kind(settings.mode()));
  }

  /// The reply to an error that is no single row's; everything was rolled back.
  private Reply whole(SQLiteException error, int size) {
    Meaning meaning = SqliteErrors.meaning(error);
    if (meaning == Meaning.PASSING) {
      disconnect();
    }
    // A refusal is of a rule that is checked at the end of the transaction: some row broke it.
    return Replies.whole(meaning, SqliteErrors.reason(error), size, settings.mode());
  }

  private SqliteWriter writer() throws SQLException {
    SqliteWriter open = writer;
    if (open == null) {
      Connection connection = session.connect();
      try {
        session.prepare(connection);
        create(connection);
        open = new SqliteWriter(connection, table, settings.mode(), key.columns());
        writer = open;
      } finally {
        if (writer == null) {
          connection.close();
        }
      }
    }
    return open;
  }

  private void create(Connection connection) throws SQLException {
    if (creation == null) {
      return;
    }
    try (var statement = connection.createStatement()) {
      statement.execute("begin immediate");
      try {
        if (!new SqliteTables(session.file(), settings).exists(connection, table.name())) {
          run(connection, creation, settings);
        }
        statement.execute("commit");
      } catch (SQLException e) {
        statement.execute("rollback");
        throw e;
      }
    }
  }

  /// Drops the connection, so that the next call begins with a new one.
  private void disconnect() {
    SqliteWriter open = writer;
    writer = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        // nothing is left to save: whatever was not committed is rolled back by SQLite
      }
    }
  }

  @Override
  public Findings find(List<Item<Fields>> items) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      var presences = new ArrayList<Presence>(items.size());
      for (Item<Fields> item : items) {
        presences.add(presence(item));
      }
      return new Findings.Found(presences);
    } catch (SQLException e) {
      disconnect();
      return new Findings.Failed(Reason.of(String.valueOf(e.getMessage())));
    } finally {
      lock.unlock();
    }
  }

  private Presence presence(Item<Fields> item) throws SQLException {
    return switch (key.valuesOf(item, encoder)) {
      case Key.Values.Missing(Reason reason) -> new Presence.Undecided(reason);
      case Key.Values.Known(var values) ->
          writer().has(values) ? new Presence.Present(null) : new Presence.Absent();
    };
  }

  @Override
  public String preview(Batch<Fields> batch) {
    return Previews.text(
        creation,
        encoder.encode(batch.items()),
        shape -> SqliteWriter.sql(table, settings.mode(), key.columns(), shape));
  }

  @Override
  public void close() {
    lock.lock();
    try {
      disconnect();
    } finally {
      lock.unlock();
    }
  }
}
