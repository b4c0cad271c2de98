package dev.waybill.sim;

import java.nio.charset.StandardCharsets;

/// Counts the elements of a JSON array without reading them, so that a benchmark measures the
/// sender and not its peer.
final class RecordCounter {

  private static final byte[] RECORDS = "\"records\"".getBytes(StandardCharsets.US_ASCII);

  private RecordCounter() {}

  /// How many records there are in `[…]` or `{"records":[…]}`; -1 if there is no such array or it
  /// does not end. What stands inside the records is not checked.
  static int count(byte[] json) {
    int start = array(json);
    if (start < 0) {
      return -1;
    }
    int depth = 0;
    int commas = 0;
    boolean empty = true;
    for (int i = start; i < json.length; i++) {
      switch (json[i]) {
        case '"' -> {
          empty = false;
          i = endOfString(json, i);
        }
        case '[', '{' -> {
          empty &= depth == 0;
          depth++;
        }
        case ']', '}' -> {
          depth--;
          if (depth == 0) {
            return empty ? 0 : commas + 1;
          }
        }
        case ',' -> commas += depth == 1 ? 1 : 0;
        case ' ', '\n', '\r', '\t' -> {}
        default -> empty = false;
      }
    }
    return -1;
  }

  private static int endOfString(byte[] json, int quote) {
    int i = quote + 1;
    while (i < json.length && json[i] != '"') {
      i += json[i] == '\\' ? 2 : 1;
    }
    return i;
  }

  private static int array(byte[] json) {
    int i = skipSpace(json, 0);
    if (i < json.length && json[i] == '{') {
      i = skipSpace(json, i + 1);
      for (byte expected : RECORDS) {
        if (i == json.length || json[i++] != expected) {
          return -1;
        }
      }
      i = skipSpace(json, i);
      if (i == json.length || json[i++] != ':') {
        return -1;
      }
      i = skipSpace(json, i);
    }
    return i < json.length && json[i] == '[' ? i : -1;
  }

  private static int skipSpace(byte[] json, int from) {
    int i = from;
    while (i < json.length && json[i] <= ' ') {
      i++;
    }
    return i;
  }
}
