package dev.waybill.jdbc;

import dev.waybill.Reason;
import dev.waybill.Reply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rows of a batch that the database refused one by one, with what it said of the first.
final class Refusals {

  private final Settings.Mode mode;
  private final List<Integer> positions = new ArrayList<>();
  private @Nullable Reason reason;
  private Meaning meaning = Meaning.UNKNOWN;

  Refusals(Settings.Mode mode) {
    this.mode = mode;
  }

  /// @param position in the batch, counted from 0
  void add(int position, Meaning itsMeaning, Reason itsReason) {
    if (reason == null) {
      meaning = itsMeaning;
      reason = itsReason;
    }
    positions.add(position);
  }

  boolean isEmpty() {
    return positions.isEmpty();
  }

  /// The reply for a batch of this size, of which nothing was applied.
  Reply reply(int size) {
    if (reason == null) {
      throw new IllegalStateException("no row was refused");
    }
    return Replies.refused(size, List.copyOf(positions), reason, meaning.kind(mode));
  }
}
