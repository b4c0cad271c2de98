package dev.waybill.testkit;

import dev.waybill.Item;
import dev.waybill.spi.Destination;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// One kind of destination under test, together with its far side: the database, the server. Each
/// test has a subject of its own, whose far side is empty when it begins.
///
/// The far side's ground truth ([#timesApplied] and [#applied]) must not be read through the
/// destination under test.
///
/// @param <T> what the destination takes as an item's payload
public interface Subject<T> extends AutoCloseable {

  /// A new destination in front of this far side. The contract closes it.
  Destination<T> open() throws Exception;

  /// An item that the far side takes without complaint. Different ordinals make items that differ
  /// in their key and in what identifies them there; the same ordinal makes the same item.
  Item<T> valid(long ordinal);

  /// An item that the far side always refuses for its content: a missing value, a text too long.
  /// Empty if it takes everything.
  default Optional<Item<T>> invalid(long ordinal) {
    return Optional.empty();
  }

  /// How often the far side holds this item, by its own account: 1 after it was applied once; still
  /// 1 after a second time where that changed nothing.
  int timesApplied(Item<T> item) throws Exception;

  /// How many items the far side holds in all, by its own account.
  long applied() throws Exception;

  /// Takes the far side away (stops the server, cuts the line), so that calls fail.
  ///
  /// @return how it was broken; [FarSide#UNBREAKABLE] if this subject can not do that
  default FarSide breakDown() throws Exception {
    return FarSide.UNBREAKABLE;
  }

  /// Brings the far side back with what it held. Called only after it was broken.
  default void mend() throws Exception {}

  /// What must never be shown: passwords and tokens that [#open()] uses. Texts of some length, that
  /// do not occur by chance.
  default List<String> secrets() {
    return List.of();
  }

  /// How many calls have reached the far side, of whatever sort; empty if it does not count them.
  default OptionalLong calls() throws Exception {
    return OptionalLong.empty();
  }

  /// Puts the far side away.
  @Override
  void close() throws IOException;

  /// What became of the far side when it was to be broken.
  enum FarSide {
    /// Calls fail until [#mend()]; the ground truth is readable after that.
    BROKEN,
    /// This subject can not break it; the tests that need it are skipped.
    UNBREAKABLE
  }
}
