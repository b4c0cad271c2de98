package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.json.Json;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/// A request of the SDK as JSON for people, with the names of the service's API. Bytes that are
/// text are shown as text. A request carries no credentials; they are added when it is signed.
final class RequestText {

  private RequestText() {}

  /// The operation's name and the request.
  static String of(SdkPojo request) {
    String type = request.getClass().getSimpleName();
    return type.substring(0, type.length() - "Request".length())
        + "\n"
        + Json.text(members(request));
  }

  private static Map<String, @Nullable Object> members(SdkPojo pojo) {
    var members = new LinkedHashMap<String, @Nullable Object>();
    for (SdkField<?> field : pojo.sdkFields()) {
      Object value = field.getValueOrDefault(pojo);
      if (value != null
          && !(value instanceof SdkAutoConstructList)
          && !(value instanceof SdkAutoConstructMap)) {
        members.put(field.memberName(), value(value));
      }
    }
    return members;
  }

  private static @Nullable Object value(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case SdkPojo pojo -> members(pojo);
      case SdkBytes bytes -> text(bytes.asByteArrayUnsafe());
      case List<?> list -> list.stream().map(RequestText::value).toList();
      case Map<?, ?> map -> {
        var members = new LinkedHashMap<String, @Nullable Object>();
        map.forEach((name, member) -> members.put(String.valueOf(name), value(member)));
        yield members;
      }
      case Instant time -> time.toString();
      default -> value;
    };
  }

  private static String text(byte[] bytes) {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return "base64:" + Base64.getEncoder().encodeToString(bytes);
    }
  }
}
