package dev.waybill.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// A token as its owner has it: `wb_`, 12 signs that are open and name it, 43 that are secret (256
/// bits), and 6 of checksum, all of letters and digits, so that a double click takes all of it.
///
/// The beginning lets scanners find tokens in what was published by mistake; the checksum tells one
/// with a sign too few from one that was withdrawn, and keeps guesses away from the database.
///
/// @param id `wb_` and what is open
/// @param text the whole
record TokenText(String id, String text) {

  static final String PREFIX = "wb_";

  private static final String DIGITS =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

  private static final int OPEN = 12;

  static final int ID_CHARACTERS = PREFIX.length() + OPEN;

  /// 62^43 is a little more than 2^256.
  private static final int SECRET = 43;

  /// 62^6 is more than the 2^32 values of a CRC-32.
  private static final int CHECKSUM = 6;

  private static final Pattern FORM =
      Pattern.compile(PREFIX + "[0-9A-Za-z]{" + (OPEN + SECRET + CHECKSUM) + "}");

  static TokenText make(SecureRandom random) {
    var text = new StringBuilder(PREFIX);
    for (int i = 0; i < OPEN + SECRET; i++) {
      text.append(DIGITS.charAt(random.nextInt(DIGITS.length())));
    }
    String body = text.toString();
    return of(body + checksum(body));
  }

  /// Empty if it can not be a token.
  static Optional<TokenText> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    int end = text.length() - CHECKSUM;
    return checksum(text.substring(0, end)).equals(text.substring(end))
        ? Optional.of(of(text))
        : Optional.empty();
  }

  private static TokenText of(String text) {
    return new TokenText(text.substring(0, ID_CHARACTERS), text);
  }

  String hash() {
    return Hashes.sha256(text);
  }

  private static String checksum(String body) {
    var crc = new CRC32();
    crc.update(body.getBytes(UTF_8));
    long rest = crc.getValue();
    var digits = new StringBuilder();
    for (int i = 0; i < CHECKSUM; i++) {
      digits.append(DIGITS.charAt((int) (rest % DIGITS.length())));
      rest /= DIGITS.length();
    }
    return digits.reverse().toString();
  }

  /// Without what is secret.
  @Override
  public String toString() {
    return id;
  }
}
