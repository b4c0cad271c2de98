package dev.waybill.spi;

import dev.waybill.Item;
import dev.waybill.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A destination that can be asked which items it has, so that doubt can be settled.
public interface Verifier<T> extends Destination<T> {

  /// Asks for these items.
  ///
  /// @throws InterruptedException as [Destination#send]
  Findings find(List<Item<T>> items) throws InterruptedException;

  /// What the asking brought.
  sealed interface Findings {

    /// It worked.
    ///
    /// @param presences one for each item asked for, in order
    record Found(List<Presence> presences) implements Findings {}

    /// It could not be asked; try again later.
    record Failed(Reason reason) implements Findings {}
  }

  /// What is known of one item.
  sealed interface Presence {

    /// The destination has it, under this id if it gives any.
    record Present(@Nullable String id) implements Presence {}

    /// The destination does not have it.
    record Absent() implements Presence {}

    /// This item can not be asked for, for instance because it has no key.
    record Undecided(Reason reason) implements Presence {}
  }
}
