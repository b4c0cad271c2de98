package dev.waybill.debezium;

import dev.waybill.spi.Position;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Up to where the server may be told that its log is read: up to the end of a transaction before
/// which every record has come to its end. Never into a transaction: the server hands over whole
/// ones.
final class Confirmations {

  /// @param last the last record before the end
  /// @param end of a transaction, where the log is read up to
  private record Step(Position last, long end) {}

  /// In the order of the log; a step for each transaction with records that are not settled.
  private final Deque<Step> steps = new ArrayDeque<>();

  private @Nullable Position handed;
  private @Nullable Position settled;
  private long end;
  private long confirmable;

  /// A record was handed over.
  void handed(Position position) {
    handed = position;
  }

  /// Whether a record was handed over before, by an earlier connection.
  boolean hasHanded(Position position) {
    return handed != null && !position.isAfter(handed);
  }

  /// A transaction has ended, all of whose records were handed over.
  void ended(long at) {
    if (at <= end) {
      return;
    }
    end = at;
    Position last = handed;
    if (last == null || (settled != null && !last.isAfter(settled))) {
      confirmable = at;
      return;
    }
    // One without records for us has nothing to wait for but those before it.
    if (!steps.isEmpty() && steps.getLast().last().equals(last)) {
      steps.removeLast();
    }
    steps.add(new Step(last, at));
  }

  /// Up to here all records have come to their end.
  void settled(Position upTo) {
    settled = upTo;
    while (!steps.isEmpty() && !steps.getFirst().last().isAfter(upTo)) {
      confirmable = steps.removeFirst().end();
    }
  }

  /// 0 if there is nothing to be confirmed yet.
  long confirmable() {
    return confirmable;
  }

  /// Up to where the log was handed over.
  long end() {
    return end;
  }
}
