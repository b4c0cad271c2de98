package dev.waybill.aws;

import dev.waybill.Fields;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/// Structured records as DynamoDB items.
final class AttributeValues {

  /// What becomes of fields without a value.
  enum Nulls {
    /// They become attributes of type NULL.
    KEEP,
    /// They are left out.
    OMIT
  }

  private AttributeValues() {}

  /// The item of a record. Attributes of the table's key become what the table says, so that a
  /// number that a file has as text is a number.
  static Map<String, AttributeValue> item(Fields record, TableKey key, Nulls nulls) {
    var item = new LinkedHashMap<String, AttributeValue>();
    for (int i = 0; i < record.size(); i++) {
      String name = record.names().name(i);
      Object value = record.value(i);
      ScalarAttributeType type = key.type(name);
      if (type != null && value != null) {
        item.put(name, keyValue(name, value, type));
      } else if (value != null || nulls == Nulls.KEEP) {
        item.put(name, of(value));
      }
    }
    return item;
  }

  private static AttributeValue keyValue(String name, Object value, ScalarAttributeType type) {
    if (type == ScalarAttributeType.S) {
      return AttributeValue.fromS(RecordFields.text(value));
    }
    if (type == ScalarAttributeType.N && value instanceof String text) {
      try {
        return AttributeValue.fromN(new BigDecimal(text.strip()).toString());
      } catch (NumberFormatException e) {
        throw new UnfitItemException(
            "the table's key attribute '%s' is a number, and this is none: '%s'"
                .formatted(name, text));
      }
    }
    return of(value);
  }

  private static AttributeValue of(@Nullable Object value) {
    return switch (value) {
      case null -> AttributeValue.fromNul(true);
      case String text -> AttributeValue.fromS(text);
      case Boolean truth -> AttributeValue.fromBool(truth);
      case BigDecimal number -> AttributeValue.fromN(number.toString());
      case Number number -> AttributeValue.fromN(number.toString());
      case Fields fields -> {
        var members = new LinkedHashMap<String, AttributeValue>();
        for (int i = 0; i < fields.size(); i++) {
          members.put(fields.names().name(i), of(fields.value(i)));
        }
        yield AttributeValue.fromM(members);
      }
      case List<?> list -> {
        var elements = new ArrayList<AttributeValue>();
        list.forEach(element -> elements.add(of(element)));
        yield AttributeValue.fromL(elements);
      }
      default ->
          throw new UnfitItemException(
              "a " + value.getClass().getSimpleName() + " has no form in DynamoDB");
    };
  }
}
