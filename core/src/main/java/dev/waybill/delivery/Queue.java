package dev.waybill.delivery;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The work that is to be sent: at once, or when its wait is over. What was begun comes before what
/// is new, so that little is held at a time.
final class Queue<T> {

  private final Deque<Work<T>> begun = new ArrayDeque<>();
  private final Deque<Work<T>> fresh = new ArrayDeque<>();
  private final PriorityQueue<Work<T>> waiting =
      new PriorityQueue<>(
          Comparator.<Work<T>>comparingLong(work -> work.dueAt)
              .thenComparingLong(work -> work.sequence));
  private final RetryBudget budget;
  private @Nullable Consumer<Work<T>> closed;
  private long sequence;

  Queue(RetryBudget budget) {
    this.budget = budget;
  }

  /// New work, behind all that is there.
  void add(Work<T> work) {
    if (closed != null) {
      closed.accept(work);
    } else {
      fresh.add(work);
    }
  }

  /// Work that was begun, before all that is there.
  void addFirst(Work<T> work) {
    if (closed != null) {
      closed.accept(work);
    } else {
      begun.addFirst(work);
    }
  }

  /// Work that must wait.
  void addLater(Work<T> work, long dueAt) {
    if (closed != null) {
      closed.accept(work);
    } else {
      work.dueAt = dueAt;
      work.sequence = ++sequence;
      waiting.add(work);
    }
  }

  /// What is to be sent next, to be taken out by [#remove]; null if nothing is to be sent now. Work
  /// whose wait is over moves up, and pays for its retry.
  @Nullable Work<T> next(long now) {
    if (!begun.isEmpty()) {
      return begun.peekFirst();
    }
    Work<T> due = waiting.peek();
    if (due != null && due.dueAt <= now) {
      if (!due.isRetry() || budget.take(now)) {
        waiting.remove();
        begun.addFirst(due);
        return due;
      }
    }
    return fresh.peekFirst();
  }

  /// Takes out what [#next] answered.
  void remove(Work<T> work) {
    if (begun.peekFirst() == work) {
      begun.removeFirst();
    } else {
      fresh.removeFirst();
    }
  }

  /// When the next work that waits can be sent; [Long#MAX_VALUE] if none waits.
  long nextDueAt(long now) {
    Work<T> due = waiting.peek();
    if (due == null) {
      return Long.MAX_VALUE;
    }
    return due.isRetry() ? Math.max(due.dueAt, budget.nextAt(now)) : due.dueAt;
  }

  void forEach(Consumer<Work<T>> taker) {
    begun.forEach(taker);
    waiting.forEach(taker);
    fresh.forEach(taker);
  }

  boolean isEmpty() {
    return begun.isEmpty() && fresh.isEmpty() && waiting.isEmpty();
  }

  /// Whether there is work that waits for nothing but its turn.
  boolean hasReady() {
    return !begun.isEmpty() || !fresh.isEmpty();
  }

  /// From now on nothing is sent any more: what is here, and what comes, goes to `leftover`.
  void close(Consumer<Work<T>> leftover) {
    closed = leftover;
    for (Deque<Work<T>> line : List.of(begun, fresh)) {
      for (Work<T> work = line.poll(); work != null; work = line.poll()) {
        leftover.accept(work);
      }
    }
    for (Work<T> work = waiting.poll(); work != null; work = waiting.poll()) {
      leftover.accept(work);
    }
  }

  boolean isClosed() {
    return closed != null;
  }
}
