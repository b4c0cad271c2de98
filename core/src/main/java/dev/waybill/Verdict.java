package dev.waybill;

import org.jspecify.annotations.Nullable;

/// What the destination said of one item of a batch that it answered.
public sealed interface Verdict {

  /// It has the item.
  ///
  /// @param id the id that it gave the item, if it gives any
  record Accepted(@Nullable String id) implements Verdict {

    /// For destinations that give no ids.
    public static final Accepted WITHOUT_ID = new Accepted(null);
  }

  /// It does not want the item.
  record Rejected(Reason reason, Kind kind) implements Verdict {

    /// What is known of a rejection.
    public enum Kind {
      /// The item itself is at fault; sending it again cannot help.
      PERMANENT,
      /// The fault may pass (a reference that does not exist yet): worth another try later.
      PASSING,
      /// The destination has this item, or another with its key, already. Where an earlier call
      /// left the item in doubt, this says that the call had worked.
      DUPLICATE
    }
  }

  /// Not now: it asks to be sent this item again. Certainly not applied.
  record Deferred(Reason reason) implements Verdict {}

  /// It may have the item, or not.
  record InDoubt(Reason reason) implements Verdict {}
}
