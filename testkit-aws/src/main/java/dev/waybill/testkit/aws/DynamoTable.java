package dev.waybill.testkit.aws;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One table: its key, and its items by it.
final class DynamoTable {

  /// Names and values together (Developer Guide, "Service, account, and table quotas").
  static final int MAX_ITEM_BYTES = 400 * 1024;

  private static final int MAX_PARTITION_KEY_BYTES = 2048;
  private static final int MAX_SORT_KEY_BYTES = 1024;

  private final String name;
  private final Struct definition;
  private final List<String> keys = new ArrayList<>();
  private final Map<String, String> types = new HashMap<>();
  private final Map<String, Struct> items = new LinkedHashMap<>();

  DynamoTable(Struct definition) {
    this.name = definition.text("TableName", "");
    this.definition = definition;
    definition.structs("KeySchema").stream()
        .sorted((a, b) -> a.text("KeyType", "").compareTo(b.text("KeyType", "")))
        .forEach(element -> keys.add(element.text("AttributeName", "")));
    definition
        .structs("AttributeDefinitions")
        .forEach(
            attribute ->
                types.put(
                    attribute.text("AttributeName", ""), attribute.text("AttributeType", "")));
  }

  String name() {
    return name;
  }

  Struct description() {
    return definition
        .copy()
        .with("TableStatus", "ACTIVE")
        .with("ItemCount", items.size())
        .with("TableArn", "arn:aws:dynamodb:us-east-1:" + FakeService.ACCOUNT + ":table/" + name);
  }

  List<Struct> items() {
    return List.copyOf(items.values());
  }

  @Nullable Struct get(Struct key) {
    return items.get(keyOf(key));
  }

  void put(Struct item) {
    items.put(keyOf(item), item);
  }

  void delete(Struct key) {
    items.remove(keyOf(key));
  }

  /// The key of an item as JSON, the same for the same key: numbers without their last zeros.
  String keyOf(Struct item) {
    var key = Struct.empty();
    for (String attribute : keys) {
      Struct value = item.struct(attribute);
      String number = value == null ? null : value.text("N");
      key.with(
          attribute,
          number == null
              ? value
              : Struct.of("N", new BigDecimal(number).stripTrailingZeros().toPlainString()));
    }
    return key.toString();
  }

  /// Why an item can not be put; null if it can.
  @Nullable String refusedItem(Struct item) {
    String refused = refusedKey(item, "Missing the key %s in the item");
    if (refused != null) {
      return refused;
    }
    return DynamoSize.ofItem(item) > MAX_ITEM_BYTES
        ? "Item size has exceeded the maximum allowed size"
        : null;
  }

  /// Why a key that must be nothing else is not one; null if it is.
  @Nullable String refusedKeyOnly(Struct key) {
    return key.members().size() != keys.size()
        ? "The provided key element does not match the schema"
        : refusedKey(key, "The provided key element does not match the schema");
  }

  private @Nullable String refusedKey(Struct item, String missing) {
    for (int i = 0; i < keys.size(); i++) {
      String attribute = keys.get(i);
      Struct value = item.struct(attribute);
      String type = types.getOrDefault(attribute, "S");
      if (value == null) {
        return "One or more parameter values were invalid: " + missing.formatted(attribute);
      }
      String text = value.text(type);
      if (text == null) {
        return "One or more parameter values were invalid: Type mismatch for key "
            + "%s expected: %s actual: %s"
                .formatted(attribute, type, String.join(",", value.members().keySet()));
      }
      int bytes = size(type, text);
      if (bytes == 0) {
        return "One or more parameter values are not valid. The AttributeValue for a key attribute"
            + " cannot contain an empty value. Key: "
            + attribute;
      }
      int most = i == 0 ? MAX_PARTITION_KEY_BYTES : MAX_SORT_KEY_BYTES;
      if (bytes > most) {
        return "One or more parameter values were invalid: Size of key "
            + "%s has exceeded the maximum size limit of %d bytes".formatted(attribute, most);
      }
    }
    return null;
  }

  private static int size(String type, String text) {
    return switch (type) {
      case "B" -> Base64.getDecoder().decode(text).length;
      case "N" -> 1;
      default -> text.getBytes(StandardCharsets.UTF_8).length;
    };
  }
}
