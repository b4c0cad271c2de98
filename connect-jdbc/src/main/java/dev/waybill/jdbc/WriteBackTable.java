package dev.waybill.jdbc;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.spi.WriteBack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A table of the source's database with a row for each record of each run: what became of it.
final class WriteBackTable implements WriteBack {

  private static final int ROWS_AT_ONCE = 1_000;

  private static final String COLUMNS =
      "run_id, record_number, record_key, disposition, reason_code, reason, attempts,"
          + " destination_id, settled_at";

  private final Access access;
  private final String table;
  private final String run;
  private final Connection connection;
  private final PreparedStatement insert;
  private int rows;

  private WriteBackTable(Access access, String table, String run, Connection connection)
      throws SQLException {
    this.access = access;
    this.table = table;
    this.run = run;
    this.connection = connection;
    this.insert =
        connection.prepareStatement(
            "insert into " + table + " (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  /// @param name the table's, which is made if it is missing
  static WriteBackTable open(Access access, String name, String run) {
    String table =
        Arrays.stream(name.split("\\.", -1)).map(access::quoted).collect(Collectors.joining("."));
    Connection connection = access.writing();
    try (var statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists "
              + table
              + " (run_id varchar(64) not null, record_number bigint not null, record_key"
              + " varchar(1000), disposition varchar(16) not null, reason_code varchar(200), reason"
              + " varchar(4000), attempts integer not null, destination_id varchar(1000),"
              + " settled_at varchar(32) not null)"
              + access.tableOptions());
      connection.commit();
      return new WriteBackTable(access, table, run, connection);
    } catch (SQLException e) {
      throw failure(access, table, e);
    }
  }

  @Override
  public void settled(Settlement<Fields> settlement) {
    String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
    String disposition = settlement.disposition().name().toLowerCase(Locale.ROOT);
    Reason reason = settlement.reason();
    try {
      for (int i = 0; i < settlement.items().size(); i++) {
        Item<Fields> item = settlement.items().get(i);
        insert.setString(1, run);
        insert.setLong(2, item.ordinal());
        insert.setString(3, cut(item.key(), 1_000));
        insert.setString(4, disposition);
        insert.setString(5, cut(reason == null ? null : reason.code(), 200));
        insert.setString(6, cut(reason == null ? null : reason.message(), 4_000));
        insert.setInt(7, settlement.attempts());
        insert.setString(8, cut(settlement.id(i), 1_000));
        insert.setString(9, now);
        insert.addBatch();
        if (++rows % ROWS_AT_ONCE == 0) {
          insert.executeBatch();
        }
      }
    } catch (SQLException e) {
      throw failure(access, table, e);
    }
  }

  private static @Nullable String cut(@Nullable String text, int most) {
    return text == null || text.length() <= most ? text : text.substring(0, most);
  }

  @Override
  public void flush() {
    if (rows == 0) {
      return;
    }
    try {
      insert.executeBatch();
      connection.commit();
      rows = 0;
    } catch (SQLException e) {
      throw failure(access, table, e);
    }
  }

  private static UserException failure(Access access, String table, SQLException e) {
    return new UserException(
        access.shown() + " does not take the dispositions into " + table + ": " + access.text(e),
        e);
  }

  @Override
  public void close() {
    try (connection) {
      connection.rollback();
    } catch (SQLException e) {
      // what was not flushed does not count
    }
  }
}
