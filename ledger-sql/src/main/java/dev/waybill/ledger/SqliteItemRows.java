package dev.waybill.ledger;

import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/// Rows by a prepared statement, in batches.
final class SqliteItemRows implements ItemRows {

  private final PreparedStatement insert;
  private int rows;
  private long bytes;

  SqliteItemRows(Connection connection, long run) throws SQLException {
    this.insert =
        connection.prepareStatement(
            "INSERT INTO item ("
                + COLUMNS
                + ") VALUES ("
                + run
                + ", ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  }

  @Override
  public void add(
      Settlement<?> settlement, Item<?> item, int file, byte @Nullable [] source, String time)
      throws SQLException {
    Reason reason = settlement.reason();
    Origin origin = item.origin();
    insert.setLong(1, item.ordinal());
    insert.setString(2, Dispositions.name(settlement.disposition()));
    insert.setString(3, reason == null ? null : reason.code());
    insert.setString(4, reason == null ? "" : reason.message());
    insert.setInt(5, settlement.attempts());
    insert.setLong(6, settlement.batch());
    insert.setString(7, item.key());
    if (origin == null) {
      insert.setNull(8, Types.BIGINT);
      insert.setNull(9, Types.BIGINT);
      insert.setNull(10, Types.BIGINT);
      insert.setNull(11, Types.BIGINT);
    } else {
      insert.setInt(8, file);
      insert.setLong(9, origin.line());
      insert.setLong(10, origin.offset());
      insert.setInt(11, origin.bytes().length());
    }
    insert.setString(12, time);
    insert.setBytes(13, source);
    insert.addBatch();
    rows++;
    bytes += source == null ? 0 : source.length;
  }

  @Override
  public boolean isFull() {
    return rows >= MOST_ROWS || bytes >= MOST_BYTES;
  }

  @Override
  public void write() throws SQLException {
    if (rows > 0) {
      insert.executeBatch();
      rows = 0;
      bytes = 0;
    }
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }
}
