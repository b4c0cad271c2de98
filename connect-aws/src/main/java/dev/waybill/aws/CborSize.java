package dev.waybill.aws;

import java.time.Instant;
import java.util.List;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;

/// Bytes of a request's part in CBOR (RFC 8949) as the SDK writes it for the protocol rpc-v2-cbor:
/// maps and lists of indefinite length, whole numbers as short as they go.
final class CborSize {

  /// The head of a map of indefinite length, and the break that ends it.
  private static final int AROUND = 2;

  private static final int DOUBLE = 9;

  /// The tag of an epoch time, before its seconds.
  private static final int TAG = 1;

  private CborSize() {}

  /// The head of the longest list of metrics that a call takes is longer than that of an empty one
  /// by so much.
  static final int LONGER_HEAD = 2;

  static long of(SdkPojo pojo) {
    long bytes = AROUND;
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null && !(value instanceof SdkAutoConstructList)) {
        bytes += text(field.locationName()) + value(value);
      }
    }
    return bytes;
  }

  private static long value(Object value) {
    return switch (value) {
      case SdkPojo pojo -> of(pojo);
      case List<?> list -> head(list.size()) + list.stream().mapToLong(CborSize::value).sum();
      case String text -> text(text);
      case Instant time -> TAG + number(time.toEpochMilli() / 1_000.0);
      case Double number -> number(number);
      case Boolean truth -> 1;
      case Integer number -> head(number < 0 ? -1L - number : number);
      case Long number -> head(number < 0 ? -1L - number : number);
      default -> throw new IllegalArgumentException("no size is known of " + value.getClass());
    };
  }

  private static long number(double number) {
    boolean whole = number == Math.rint(number) && Math.abs(number) < 0x1p63;
    return whole ? head(number < 0 ? -1L - (long) number : (long) number) : DOUBLE;
  }

  private static long text(String text) {
    long bytes = Text.utf8Length(text);
    return head(bytes) + bytes;
  }

  /// Bytes of a head that carries this argument (RFC 8949, 3).
  private static int head(long argument) {
    if (argument < 24) {
      return 1;
    }
    if (argument < 1 << 8) {
      return 2;
    }
    return argument < 1 << 16 ? 3 : argument < 1L << 32 ? 5 : 9;
  }
}
