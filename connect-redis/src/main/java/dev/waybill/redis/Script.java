package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;

/// The script that writes a hash where one command can not: with a time to live, fields to take
/// away, a condition. It runs on the server as one, so that a hash is never written by half.
final class Script {

  static final byte[] TEXT = read();

  /// By which the server knows it, once it was loaded.
  static final byte[] NAME = name(TEXT).getBytes(UTF_8);

  private Script() {}

  private static byte[] read() {
    try (InputStream in = Script.class.getResourceAsStream("hash.lua")) {
      return Objects.requireNonNull(in).readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The hexadecimal SHA-1 of the text: the Redis reference, `EVALSHA`.
  private static String name(byte[] text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
