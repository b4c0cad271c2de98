package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Map;

/// Small answers in CBOR: maps of short texts.
final class Cbor {

  private Cbor() {}

  static byte[] map(Map<String, String> members) {
    var out = new ByteArrayOutputStream();
    out.write(0xA0 + members.size());
    members.forEach(
        (name, value) -> {
          text(out, name);
          text(out, value);
        });
    return out.toByteArray();
  }

  private static void text(ByteArrayOutputStream out, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    out.write(0x78);
    out.write(bytes.length);
    out.writeBytes(bytes);
  }
}
