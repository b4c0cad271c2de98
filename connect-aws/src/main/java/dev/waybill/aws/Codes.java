package dev.waybill.aws;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Error codes, which AWS writes in several ways: `ThrottlingException`, `Throttling`,
/// `AWS.SimpleQueueService.BatchRequestTooLong`, `com.amazonaws.dynamodb.v20120810#…`.
final class Codes {

  private Codes() {}

  /// The part of a code that all its spellings share.
  static String plain(@Nullable String code) {
    if (code == null) {
      return "";
    }
    int start = Math.max(code.lastIndexOf('.'), code.lastIndexOf('#')) + 1;
    String name = code.substring(start).toLowerCase(Locale.ROOT);
    return name.endsWith("exception")
        ? name.substring(0, name.length() - "exception".length())
        : name;
  }
}
