package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Digests as the services write them.
final class Digests {

  private Digests() {}

  /// MD5 of a text in UTF-8, in lower-case hexadecimal: what SQS answers for a body that it stored.
  static String md5(String text) {
    return hex("MD5", text);
  }

  /// MD5 in base64: the header `Content-MD5` (RFC 1864).
  static String contentMd5(byte[] content) {
    return Base64.getEncoder().encodeToString(digest("MD5", content));
  }

  static String sha256(String text) {
    return hex("SHA-256", text);
  }

  private static String hex(String algorithm, String text) {
    return HexFormat.of().formatHex(digest(algorithm, text.getBytes(UTF_8)));
  }

  private static byte[] digest(String algorithm, byte[] content) {
    try {
      return MessageDigest.getInstance(algorithm).digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has " + algorithm, e);
    }
  }
}
