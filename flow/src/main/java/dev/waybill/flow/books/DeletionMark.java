package dev.waybill.flow.books;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.spi.LiveSource;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// The field by which a live source says that a record is a deletion.
public final class DeletionMark {

  private DeletionMark() {}

  /// Where it stands; -1 if records of this shape have none.
  public static int in(FieldNames names) {
    return names.indexOf(LiveSource.DELETED);
  }

  /// Whether it says so.
  public static boolean isSet(Fields fields, int index) {
    return "true".equals(String.valueOf(fields.value(index)));
  }

  /// The record without it.
  public static Fields without(Fields fields, int index) {
    var names = new ArrayList<>(fields.names().asList());
    names.remove(index);
    @Nullable Object[] values = new Object[names.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.value(i < index ? i : i + 1);
    }
    return Fields.of(FieldNames.of(names), values);
  }
}
