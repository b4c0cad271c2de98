package dev.waybill.jdbc;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import java.util.List;

/// The replies that both databases give in the same way.
final class Replies {

  private Replies() {}

  /// Nothing of the batch was applied, because of an error that no single row is known to have met.
  static Reply whole(Meaning meaning, Reason reason, int size, Settings.Mode mode) {
    return switch (meaning) {
      case PASSING -> new Reply.Unavailable(reason);
      case FATAL -> new Reply.Fatal(reason);
      case BAD_ROW, DUPLICATE, MISSING_REFERENCE, UNKNOWN ->
          refused(size, List.of(), reason, meaning.kind(mode));
    };
  }

  /// Nothing of the batch was applied, because of what is in it. An item that was sent alone is
  /// judged; of several, those at fault are named.
  ///
  /// @param suspects positions in the batch, counted from 0; empty if not known
  /// @param reason why the first of them was refused
  static Reply refused(
      int size, List<Integer> suspects, Reason reason, Verdict.Rejected.Kind kind) {
    return size == 1
        ? new Reply.Answered(List.of(new Verdict.Rejected(reason, kind)))
        : new Reply.Refused(reason, suspects);
  }
}
