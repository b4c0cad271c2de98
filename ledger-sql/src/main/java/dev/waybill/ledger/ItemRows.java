package dev.waybill.ledger;

import dev.waybill.Item;
import dev.waybill.Settlement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Writes items that were not delivered, one a row. Gathers some first; the owner of the connection
/// must commit.
interface ItemRows extends AutoCloseable {

  /// The columns, in the order in which both databases write them.
  String COLUMNS =
      "run, ordinal, disposition, code, message, attempts, batch, key, file, line, byte_offset,"
          + " byte_length, settled_at, source_bytes";

  /// Gathers so many rows or bytes before it writes.
  int MOST_ROWS = 1_000;

  int MOST_BYTES = 1 << 20;

  /// Takes one row.
  ///
  /// @param file the number of the file it stands in; 0 if in none
  /// @param bytes its source bytes if they are to be kept
  void add(Settlement<?> settlement, Item<?> item, int file, byte @Nullable [] bytes, String time)
      throws SQLException;

  /// Whether it has gathered so much that it is time to write.
  boolean isFull();

  /// Writes what was gathered.
  void write() throws SQLException;

  @Override
  void close() throws SQLException;
}
