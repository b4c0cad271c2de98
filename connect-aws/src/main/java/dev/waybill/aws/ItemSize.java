package dev.waybill.aws;

import java.math.BigDecimal;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Bytes of a DynamoDB item as the service counts them: "DynamoDB item sizes and formats" in its
/// developer guide. Numbers are said to take "approximately" one byte for two significant digits.
final class ItemSize {

  /// Of a list or map, and of each element in it.
  private static final int CONTAINER = 3;

  private static final int ELEMENT = 1;

  private ItemSize() {}

  static long of(Map<String, AttributeValue> attributes) {
    long bytes = 0;
    for (var attribute : attributes.entrySet()) {
      bytes += Text.utf8Length(attribute.getKey()) + of(attribute.getValue());
    }
    return bytes;
  }

  private static long of(AttributeValue value) {
    return switch (value.type()) {
      case S -> Text.utf8Length(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> value.ss().stream().mapToLong(Text::utf8Length).sum();
      case NS -> value.ns().stream().mapToLong(ItemSize::number).sum();
      case BS -> value.bs().stream().mapToLong(bytes -> bytes.asByteArrayUnsafe().length).sum();
      case L -> CONTAINER + value.l().stream().mapToLong(one -> ELEMENT + of(one)).sum();
      case M -> CONTAINER + (long) ELEMENT * value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  private static long number(String digits) {
    BigDecimal number = new BigDecimal(digits).stripTrailingZeros();
    return 1L + (number.precision() + 1) / 2 + (number.signum() < 0 ? 1 : 0);
  }
}
