package dev.waybill.server.page.view;

import dev.waybill.Disposition;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.server.work.Works;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A record that was not delivered, with its row of the source where that can be read again.
///
/// @param sign the icon
/// @param place file and line, in words; empty if there are none
/// @param cells its row, those at fault marked; empty if it is not known
public record RecordRow(
    long ordinal,
    @Nullable String key,
    String disposition,
    String sign,
    String reason,
    @Nullable String code,
    int attempts,
    String place,
    String settled,
    List<Cell> cells) {

  /// A value of the row.
  public record Cell(String column, String value, boolean atFault) {}

  static RecordRow of(ItemRecord record, Works.@Nullable Row row) {
    ItemRecord.Place place = record.place();
    return new RecordRow(
        record.ordinal(),
        record.key(),
        record.disposition().name().toLowerCase(Locale.ROOT),
        sign(record.disposition()),
        record.reason().message(),
        record.reason().code(),
        record.attempts(),
        place == null ? "" : "line " + Wording.count(place.line()),
        Wording.full(record.settledAt()),
        row == null ? List.of() : cells(record.reason().message(), row));
  }

  static List<Cell> cells(String message, Works.Row row) {
    Set<Integer> faults = Fault.columns(message, row.columns(), row.values());
    var cells = new ArrayList<Cell>();
    for (int i = 0; i < row.columns().size(); i++) {
      String value = i < row.values().size() ? row.values().get(i) : "";
      cells.add(new Cell(row.columns().get(i), value, faults.contains(i)));
    }
    return cells;
  }

  private static String sign(Disposition disposition) {
    return switch (disposition) {
      case DELIVERED -> "check";
      case REJECTED -> "cross";
      case UNKNOWN -> "question";
      case UNPROCESSED -> "clock";
    };
  }

  /// The cells that are at fault.
  public List<Cell> faults() {
    return cells.stream().filter(Cell::atFault).toList();
  }
}
