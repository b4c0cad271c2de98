package dev.waybill.aws;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;

/// The primary key of a DynamoDB table.
///
/// @param parts the partition key and, if there is one, the sort key
record TableKey(List<Part> parts) {

  /// An attribute of the key.
  ///
  /// @param type null where the table could not be asked
  record Part(String name, @Nullable ScalarAttributeType type) {}

  /// A key of these attributes, of whatever type.
  static TableKey named(List<String> names) {
    return new TableKey(names.stream().map(name -> new Part(name, null)).toList());
  }

  /// The key that the table has.
  static TableKey of(TableDescription table) {
    var types = new HashMap<String, ScalarAttributeType>();
    for (AttributeDefinition attribute : table.attributeDefinitions()) {
      types.put(attribute.attributeName(), attribute.attributeType());
    }
    var parts = new ArrayList<Part>();
    for (KeySchemaElement element : table.keySchema()) {
      parts.add(new Part(element.attributeName(), types.get(element.attributeName())));
    }
    return new TableKey(List.copyOf(parts));
  }

  /// The type of an attribute of the key; null if it is none, or not known.
  @Nullable ScalarAttributeType type(String attribute) {
    for (Part part : parts) {
      if (part.name().equals(attribute)) {
        return part.type();
      }
    }
    return null;
  }

  /// The key's attributes among these.
  ///
  /// @throws UnfitItemException if one is missing or of another type than the table's
  Map<String, AttributeValue> in(Map<String, AttributeValue> attributes) {
    var key = new LinkedHashMap<String, AttributeValue>();
    for (Part part : parts) {
      AttributeValue value = attributes.get(part.name());
      if (value == null) {
        throw new UnfitItemException(
            "the item lacks the attribute '" + part.name() + "' of the table's key");
      }
      if (part.type() != null && !part.type().name().equals(value.type().name())) {
        throw new UnfitItemException(
            "the key attribute '%s' is of type %s, and the table's is %s"
                .formatted(part.name(), value.type(), part.type()));
      }
      key.put(part.name(), value);
    }
    return key;
  }

  /// The key in these attributes as one text, the same for equal keys and different for others.
  ///
  /// @throws UnfitItemException as [#in]
  String text(Map<String, AttributeValue> attributes) {
    var text = new StringBuilder();
    for (AttributeValue value : in(attributes).values()) {
      String part =
          switch (value.type()) {
            case S -> value.s();
            case N -> new BigDecimal(value.n()).stripTrailingZeros().toPlainString();
            case B -> java.util.HexFormat.of().formatHex(value.b().asByteArrayUnsafe());
            default -> throw new UnfitItemException("a key attribute is text, a number or bytes");
          };
      if (part.isEmpty()) {
        throw new UnfitItemException("an attribute of the table's key is empty");
      }
      text.append(value.type()).append(part.length()).append(':').append(part);
    }
    return text.toString();
  }
}
