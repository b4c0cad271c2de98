package dev.waybill.jdbc;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Source;
import dev.waybill.spi.WriteBack;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a query gives, row by row and never whole in memory, all as of one moment.
///
/// A row's source bytes are the row as a line of JSON, so that what is not delivered can be left in
/// files that can be loaded.
final class SqlSource implements Source {

  private final Access access;
  private final Selection selection;
  private final Connection connection;
  private final String label;
  private Statement statement;
  private ResultSet rows;
  private final FieldNames columns;
  private final Cell[] cells;
  private long ordinal;
  private long bytes;
  private boolean ended;

  private SqlSource(Access access, Selection selection, Connection connection) throws SQLException {
    this.access = access;
    this.selection = selection;
    this.connection = connection;
    this.label = selection.name() == null ? "query" : selection.name();
    this.statement = statement();
    this.rows = statement.executeQuery(selection.sql());
    ResultSetMetaData meta = rows.getMetaData();
    var names = new ArrayList<String>();
    this.cells = new Cell[meta.getColumnCount()];
    for (int i = 0; i < cells.length; i++) {
      names.add(meta.getColumnLabel(i + 1));
      cells[i] = access.cell(meta, i + 1);
    }
    this.columns = unique(names);
  }

  static SqlSource open(Access access, Selection selection) {
    Connection connection = access.snapshot();
    try {
      return new SqlSource(access, selection, connection);
    } catch (SQLException e) {
      close(access, connection);
      throw new UserException(
          access.shown()
              + " does not answer the "
              + (selection.name() == null ? "query" : "reading of the table " + selection.name())
              + ": "
              + access.text(e),
          e);
    } catch (RuntimeException e) {
      breakOff(access, connection);
      throw e;
    }
  }

  private static FieldNames unique(List<String> names) {
    try {
      return FieldNames.of(names);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "The query gives two columns the same name ("
              + String.join(", ", names)
              + "): name one of them anew by AS",
          e);
    }
  }

  private Statement statement() throws SQLException {
    Statement made =
        connection.createStatement(ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    made.setFetchSize(selection.fetchSize());
    return made;
  }

  @Override
  public FieldNames columns() {
    return columns;
  }

  @Override
  public ByteSlice preamble() {
    return ByteSlice.EMPTY;
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public @Nullable String name() {
    return selection.name();
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    @Nullable Object[] values = new @Nullable Object[cells.length];
    try {
      if (!rows.next()) {
        ended = true;
        return false;
      }
      for (int i = 0; i < values.length; i++) {
        values[i] = cells[i].read(rows, i + 1);
      }
    } catch (SQLException e) {
      throw new UserException(
          "%s can not be read on behind row %,d of the %s: %s"
              .formatted(access.shown(), ordinal, label, access.text(e)),
          e);
    }
    ordinal++;
    Fields record = Fields.of(columns, values);
    byte[] line = line(record);
    bytes += line.length;
    var origin = new Origin(label, ordinal, 0, new ByteSlice(line, 0, line.length));
    intake.accept(new Item<>(ordinal, null, record, origin));
    return true;
  }

  private static byte[] line(Fields record) {
    byte[] json = Json.bytes(record);
    byte[] line = Arrays.copyOf(json, json.length + 1);
    line[json.length] = '\n';
    return line;
  }

  /// The transaction sees what it saw before.
  @Override
  public boolean rewind() {
    try {
      rows.close();
      statement.close();
      statement = statement();
      rows = statement.executeQuery(selection.sql());
      ordinal = 0;
      ended = false;
      return true;
    } catch (SQLException e) {
      throw new UserException(
          access.shown() + " can not be read a second time: " + access.text(e), e);
    }
  }

  @Override
  public WriteBack writeBack(String table, String run) {
    return WriteBackTable.open(access, table, run);
  }

  @Override
  public long bytesRead() {
    return bytes;
  }

  @Override
  public long totalBytes() {
    return -1;
  }

  @Override
  public void close() {
    if (ended) {
      close(access, connection);
    } else {
      breakOff(access, connection);
    }
  }

  private static void close(Access access, Connection connection) {
    try {
      access.close(connection);
    } catch (SQLException e) {
      // nothing was written
    }
  }

  private static void breakOff(Access access, Connection connection) {
    try {
      access.breakOff(connection);
    } catch (SQLException e) {
      // nothing was written
    }
  }
}
