package dev.waybill.debezium;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Position;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.apache.kafka.connect.source.SourceRecord;

/// What one connection gives, and where each record of it stands.
///
/// A change stands at the end of the transaction before its own, as the how-manieth of its
/// transaction: transactions come in the order in which they ended, and a connection always begins
/// at the end of one, which is the slot's place. So a change has the same position each time.
final class Reading implements AutoCloseable {

  /// Where the slot stands.
  interface Start {
    long place() throws SQLException;
  }

  private final Connector connector;
  private final Setup.Beginning beginning;
  private final Changes changes;
  private final String partition;
  private final Site.Table table;
  private final Rows rows;
  private final Confirmations confirmations;
  private final Start start;
  private final Deque<SourceRecord> waiting = new ArrayDeque<>();

  /// The end of the transaction before the one that is being read; -1 as long as nothing has come.
  private long base = -1;

  private long index;
  private boolean drained;

  Reading(
      Connector connector,
      Setup.Beginning beginning,
      String partition,
      Site.Table table,
      Lookup lookup,
      Rows rows,
      Confirmations confirmations,
      Start start) {
    this.connector = connector;
    this.beginning = beginning;
    this.changes = new Changes(table, lookup);
    this.partition = partition;
    this.table = table;
    this.rows = rows;
    this.confirmations = confirmations;
    this.start = start;
  }

  /// Waits a little for records.
  ///
  /// @return whether any have come
  boolean read() throws InterruptedException {
    List<SourceRecord> records = connector.poll();
    waiting.addAll(records);
    drained = records.isEmpty();
    return !drained;
  }

  /// Whether all that has come was handed over.
  boolean isDrained() {
    return drained && waiting.isEmpty();
  }

  /// Whether it will give nothing any more.
  boolean isFinished() {
    return beginning == Setup.Beginning.ROWS && rows.isOver() && waiting.isEmpty();
  }

  /// Hands over what has come.
  ///
  /// @return how many records
  int handOver(Intake<Fields> intake, int most) throws SQLException {
    int given = 0;
    while (given < most && !waiting.isEmpty()) {
      if (handOver(waiting.removeFirst(), intake)) {
        given++;
      }
    }
    return given;
  }

  private boolean handOver(SourceRecord record, Intake<Fields> intake) throws SQLException {
    Changes.What what = changes.what(record);
    if (what == Changes.What.END_OF_ROWS) {
      rows.over();
      return false;
    }
    if (Changes.isOfSnapshot(record)) {
      if (what == Changes.What.ROW) {
        intake.accept(item(rows.next(), changes.row(record)));
      }
      return what == Changes.What.ROW;
    }
    if (record.topic().equals(Setup.NOTIFICATIONS)) {
      return false;
    }
    advance(Changes.lastEnd(record));
    return switch (what) {
      case ROW -> give(changes.row(record), intake);
      case DELETION -> give(changes.deletion(record), intake);
      case TRUNCATION -> truncation(intake);
      case END_OF_ROWS, OTHER -> false;
    };
  }

  private void advance(long lastEnd) throws SQLException {
    if (base < 0 && lastEnd < 0) {
      base = start.place();
    }
    if (lastEnd > base) {
      base = lastEnd;
      index = 0;
      confirmations.ended(base);
    }
  }

  private boolean give(Fields record, Intake<Fields> intake) {
    var position = new Position(partition, base, ++index);
    if (confirmations.hasHanded(position)) {
      return false;
    }
    confirmations.handed(position);
    intake.accept(item(position, record));
    return true;
  }

  private boolean truncation(Intake<Fields> intake) {
    var position = new Position(partition, base, ++index);
    if (confirmations.hasHanded(position)) {
      return false;
    }
    confirmations.handed(position);
    intake.refuse(
        item(position, Fields.of(FieldNames.of("__truncated"), table.shown())),
        Reason.of(
            "truncate",
            "the table "
                + table.shown()
                + " was emptied by TRUNCATE, which does not tell the rows: delete them at the"
                + " destination by other means"));
    return true;
  }

  private static Item<Fields> item(Position position, Fields record) {
    byte[] bytes = Json.bytes(record);
    return new Item<>(
        1,
        null,
        record,
        new Origin(
            position.partition(),
            position.index(),
            position.offset(),
            new ByteSlice(bytes, 0, bytes.length)));
  }

  /// Tells the server up to where its log need not be kept for us.
  void confirm() {
    if (confirmations.confirmable() > 0) {
      connector.confirm(confirmations.confirmable());
    }
  }

  @Override
  public void close() {
    connector.close();
  }
}
