package dev.waybill.ledger;

import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// Rows by COPY in its text form
/// (https://www.postgresql.org/docs/current/sql-copy.html#SQL-COPY-FILE-FORMATS).
final class PostgresItemRows implements ItemRows {

  private static final String COPY = "COPY item (" + COLUMNS + ") FROM STDIN";

  private final Connection connection;
  private final String run;
  private final StringBuilder text = new StringBuilder();

  PostgresItemRows(Connection connection, long run) {
    this.connection = connection;
    this.run = Long.toString(run);
  }

  @Override
  public void add(
      Settlement<?> settlement, Item<?> item, int file, byte @Nullable [] source, String time) {
    Reason reason = settlement.reason();
    Origin origin = item.origin();
    text.append(run).append('\t').append(item.ordinal()).append('\t');
    text.append(Dispositions.name(settlement.disposition())).append('\t');
    field(reason == null ? null : reason.code());
    field(reason == null ? "" : reason.message());
    text.append(settlement.attempts()).append('\t').append(settlement.batch()).append('\t');
    field(item.key());
    if (origin == null) {
      text.append("\\N\t\\N\t\\N\t\\N\t");
    } else {
      text.append(file).append('\t').append(origin.line()).append('\t');
      text.append(origin.offset()).append('\t').append(origin.bytes().length()).append('\t');
    }
    text.append(time).append('\t');
    if (source == null) {
      text.append("\\N");
    } else {
      text.append("\\\\x").append(HexFormat.of().formatHex(source));
    }
    text.append('\n');
  }

  private void field(@Nullable String value) {
    if (value == null) {
      text.append("\\N");
    } else {
      for (int i = 0; i < value.length(); i++) {
        append(value.charAt(i));
      }
    }
    text.append('\t');
  }

  private void append(char c) {
    switch (c) {
      case '\\' -> text.append("\\\\");
      case '\t' -> text.append("\\t");
      case '\n' -> text.append("\\n");
      case '\r' -> text.append("\\r");
      // PostgreSQL's text has no place for this one character.
      case '\0' -> text.append('\ufffd');
      default -> text.append(c);
    }
  }

  @Override
  public boolean isFull() {
    return text.length() >= MOST_BYTES;
  }

  @Override
  public void write() throws SQLException {
    if (text.isEmpty()) {
      return;
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
    copy.writeToCopy(bytes, 0, bytes.length);
    copy.endCopy();
    text.setLength(0);
  }

  @Override
  public void close() {}
}
