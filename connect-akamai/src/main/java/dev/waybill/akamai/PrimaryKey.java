package dev.waybill.akamai;

import dev.waybill.Fields;
import org.jspecify.annotations.Nullable;

/// The attribute that tells the records of an entity type apart: `email`, or a dotted path such as
/// `account.number`. It must be unique in the entity type's schema.
record PrimaryKey(String attribute) {

  /// The record's value for it; null if it has none, or none that is a text or a number.
  @Nullable Object of(Fields record) {
    Object value = at(record, attribute);
    return switch (value) {
      case String text when !text.isBlank() -> text;
      case Number number -> number;
      case null, default -> null;
    };
  }

  private static @Nullable Object at(Fields record, String path) {
    if (record.names().contains(path)) {
      return record.get(path);
    }
    int dot = path.indexOf('.');
    return dot > 0 && record.get(path.substring(0, dot)) instanceof Fields inner
        ? at(inner, path.substring(dot + 1))
        : null;
  }
}
