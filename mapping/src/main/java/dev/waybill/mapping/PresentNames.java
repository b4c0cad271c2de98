package dev.waybill.mapping;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Leaves out the fields without a value. Records with a value in the same fields share one
/// [FieldNames].
final class PresentNames {

  /// How many of the patterns met are remembered; they are as many as there are habits of leaving
  /// cells empty, and at worst 2 to the number of fields.
  private static final int REMEMBERED = 1_024;

  private final FieldNames all;
  private final Map<Long, FieldNames> met = new ConcurrentHashMap<>();

  PresentNames(Map<String, Step> members) {
    this.all = FieldNames.of(members.keySet());
  }

  /// A record of the values that are not null; null if none is.
  @Nullable Fields only(@Nullable Object[] values) {
    int count = 0;
    long pattern = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        count++;
        pattern |= 1L << i;
      }
    }
    if (count == values.length) {
      return Fields.of(all, values);
    }
    if (count == 0) {
      return null;
    }
    Object[] kept = Arrays.stream(values).filter(Objects::nonNull).toArray();
    return Fields.of(names(pattern, values), kept);
  }

  private FieldNames names(long pattern, @Nullable Object[] values) {
    if (values.length > Long.SIZE) {
      return names(values);
    }
    FieldNames known = met.get(pattern);
    if (known == null) {
      known = names(values);
      if (met.size() < REMEMBERED) {
        met.put(pattern, known);
      }
    }
    return known;
  }

  private FieldNames names(@Nullable Object[] values) {
    var names = new ArrayList<String>();
    for (int i = 0; i < values.length; i++) {
      if (values[i] != null) {
        names.add(all.name(i));
      }
    }
    return FieldNames.of(names);
  }
}
