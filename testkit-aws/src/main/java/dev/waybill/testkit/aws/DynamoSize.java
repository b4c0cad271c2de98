package dev.waybill.testkit.aws;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// The size of items as DynamoDB counts it (Developer Guide, "DynamoDB item sizes and formats").
final class DynamoSize {

  private static final int CONTAINER_BYTES = 3;

  private DynamoSize() {}

  static int ofItem(Struct item) {
    int bytes = 0;
    for (Map.Entry<String, Object> attribute : item.members().entrySet()) {
      bytes += utf8(attribute.getKey()) + ofValue((Struct) attribute.getValue());
    }
    return bytes;
  }

  private static int ofValue(Struct value) {
    for (Map.Entry<String, Object> member : value.members().entrySet()) {
      Object inner = member.getValue();
      return switch (member.getKey()) {
        case "S" -> utf8(inner.toString());
        case "N" -> number(inner.toString());
        case "B" -> Base64.getDecoder().decode(inner.toString()).length;
        case "SS" -> ((List<?>) inner).stream().mapToInt(text -> utf8(text.toString())).sum();
        case "NS" -> ((List<?>) inner).stream().mapToInt(text -> number(text.toString())).sum();
        case "BS" ->
            ((List<?>) inner)
                .stream()
                    .mapToInt(text -> Base64.getDecoder().decode(text.toString()).length)
                    .sum();
        case "L" ->
            CONTAINER_BYTES
                + ((List<?>) inner)
                    .stream().mapToInt(element -> 1 + ofValue((Struct) element)).sum();
        case "M" -> {
          var map = (Struct) inner;
          yield CONTAINER_BYTES + map.members().size() + ofItem(map);
        }
        default -> 1;
      };
    }
    return 0;
  }

  /// A byte for two digits, and one or two more.
  private static int number(String text) {
    var number = new BigDecimal(text).stripTrailingZeros();
    return (number.precision() + 1) / 2 + 1 + (number.signum() < 0 ? 1 : 0);
  }

  private static int utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
