package dev.waybill.flow.sync;

import dev.waybill.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What kind of value the fields of a key hold, so that a key that was kept as text can be given to
/// a destination as what it was.
final class KeyKinds {

  static final String TEXT = "text";
  static final String NUMBER = "number";
  static final String BOOLEAN = "boolean";

  private KeyKinds() {}

  /// The kinds in a mapped record.
  static List<String> of(Fields record, List<String> key) {
    return key.stream().map(name -> kind(value(record, name))).toList();
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case Number number -> NUMBER;
      case Boolean truth -> BOOLEAN;
      case null, default -> TEXT;
    };
  }

  /// By its whole name, or by the way into nested records that its dots tell.
  private static @Nullable Object value(Fields record, String name) {
    if (record.names().contains(name)) {
      return record.get(name);
    }
    int dot = name.indexOf('.');
    return dot > 0 && record.get(name.substring(0, dot)) instanceof Fields nested
        ? value(nested, name.substring(dot + 1))
        : null;
  }
}
