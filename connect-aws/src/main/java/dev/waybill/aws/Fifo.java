package dev.waybill.aws;

import dev.waybill.Item;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// What FIFO queues and topics have in common: groups, and ids by which the service knows a repeat.
final class Fifo {

  /// The service knows a deduplication id for five minutes from its first arrival. A call that got
  /// no answer may have arrived as late as its time-out, but never before it was made; half a
  /// minute is left for the repeat's own way.
  static final Duration REPEATABLE = Duration.ofMinutes(5).minusSeconds(30);

  /// Characters of a deduplication id and of a group id, by the API references.
  private static final int LONGEST = 128;

  private Fifo() {}

  /// Whether this name, URL or ARN is one of a FIFO queue or topic.
  static boolean is(String name) {
    return name.endsWith(".fifo");
  }

  /// The id by which the service knows a repeat: the user's, or one that is the same in every call
  /// of the run and different for every other item. Never one made from the content, by which two
  /// items that are equal would become one.
  static <T> String deduplicationId(@Nullable String given, Entries<T, ?> entries, Item<T> item) {
    if (given != null) {
      return given;
    }
    String made = entries.batch().itemKey(item);
    return made.length() <= LONGEST ? made : Digests.sha256(made);
  }

  static void check(@Nullable String id, String what) {
    if (id != null && (id.isEmpty() || id.length() > LONGEST)) {
      throw new UnfitItemException(
          "the %s has %d characters, and the service takes 1 to %d"
              .formatted(what, id.length(), LONGEST));
    }
  }
}
