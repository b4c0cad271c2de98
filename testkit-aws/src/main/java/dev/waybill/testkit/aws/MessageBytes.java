package dev.waybill.testkit.aws;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The size of a message of SQS or SNS, and the checksum of its attributes (SQS Developer Guide,
/// "Calculating the MD5 message digest for message attributes").
final class MessageBytes {

  private static final byte STRING = 1;
  private static final byte BINARY = 2;

  private MessageBytes() {}

  /// Body and attributes: names, types and values.
  static long of(Struct entry) {
    long bytes = utf8(entry.text("MessageBody", entry.text("Message", ""))).length;
    Struct attributes = entry.struct("MessageAttributes");
    if (attributes != null) {
      for (Map.Entry<String, Object> attribute : attributes.members().entrySet()) {
        Struct value = (Struct) attribute.getValue();
        bytes += utf8(attribute.getKey()).length + utf8(value.text("DataType", "")).length;
        bytes += value(value).length;
      }
    }
    return bytes;
  }

  /// Null if there are no attributes.
  static @Nullable String md5(@Nullable Struct attributes) {
    if (attributes == null || attributes.members().isEmpty()) {
      return null;
    }
    var bytes = new ByteArrayOutputStream();
    new TreeMap<>(attributes.members())
        .forEach(
            (name, member) -> {
              var value = (Struct) member;
              add(bytes, utf8(name));
              add(bytes, utf8(value.text("DataType", "")));
              bytes.write(value.has("BinaryValue") ? BINARY : STRING);
              add(bytes, value(value));
            });
    return HexFormat.of().formatHex(Md5.digest(bytes.toByteArray()));
  }

  private static void add(ByteArrayOutputStream bytes, byte[] part) {
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(part.length).array());
    bytes.writeBytes(part);
  }

  private static byte[] value(Struct value) {
    return value.has("BinaryValue")
        ? value.blob("BinaryValue")
        : utf8(value.text("StringValue", ""));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
