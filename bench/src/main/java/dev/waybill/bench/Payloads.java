package dev.waybill.bench;

/// Texts of 120 characters that are given again after 10,000: enough that never two of the same are
/// under way at once.
final class Payloads {

  private static final int DIFFERENT = 10_000;
  private static final int KEY_LENGTH = 12;

  private final String[] texts = new String[DIFFERENT];
  private int next;

  Payloads() {
    for (int i = 0; i < DIFFERENT; i++) {
      texts[i] =
          "order-%06d ".formatted(i) + "three chairs, one table, to be sent at once ".repeat(3);
      texts[i] = texts[i].substring(0, 120);
    }
  }

  String next() {
    String text = texts[next];
    next = next + 1 == DIFFERENT ? 0 : next + 1;
    return text;
  }

  /// What names a text.
  static String key(String text) {
    return text.substring(0, KEY_LENGTH);
  }
}
