package dev.waybill.delivery;

import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What the engine has to know of a destination.
///
/// @param traits its limits, and whether sending twice does harm
/// @param prepare makes an item ready to be asked about and sent; done once
/// @param bytesOf what an item takes of the byte limits
/// @param orderKey what names an item where order is kept; null for one that has no place in it
/// @param single whether it has a call for one item
/// @param lookup whether it can be asked what it has
public record Nature<T>(
    Traits traits,
    UnaryOperator<Item<T>> prepare,
    ToLongFunction<Item<T>> bytesOf,
    Function<Item<T>, @Nullable String> orderKey,
    Single single,
    Lookup lookup) {

  /// The nature of a destination that prepares nothing.
  public Nature(
      Traits traits,
      ToLongFunction<Item<T>> bytesOf,
      Function<Item<T>, @Nullable String> orderKey,
      Single single,
      Lookup lookup) {
    this(traits, UnaryOperator.identity(), bytesOf, orderKey, single, lookup);
  }

  /// Whether there is a call for one item.
  public enum Single {
    NONE,
    AVAILABLE
  }

  /// Whether the destination can be asked what it has.
  public enum Lookup {
    NONE,
    AVAILABLE
  }

  /// The nature that a destination shows by its traits and by the interfaces that it implements.
  public static <T> Nature<T> of(Destination<T> destination) {
    return new Nature<>(
        destination.traits(),
        destination::prepare,
        destination::bytesOf,
        destination::orderKey,
        destination instanceof SingleSender ? Single.AVAILABLE : Single.NONE,
        destination instanceof Verifier ? Lookup.AVAILABLE : Lookup.NONE);
  }

  /// The item ready to be asked about and sent, if it was not before.
  Item<T> prepared(Item<T> item) {
    return item.prepared() == null ? prepare.apply(item) : item;
  }

  /// Whether any item may be sent again, alone or in other company.
  boolean idempotent() {
    return traits.idempotence() == Traits.Idempotence.IDEMPOTENT;
  }

  /// Whether a call may be made again as it was, and its answer is then that of the first.
  boolean callIdempotent() {
    return traits.idempotence() == Traits.Idempotence.IDEMPOTENT_CALL;
  }

  /// Whether a repeat is a second copy after a while.
  boolean forgets() {
    return !traits.repeatableFor().equals(Traits.FOR_EVER);
  }

  /// What these items take of the byte limits in all; 0 where there are none.
  long bytes(List<Item<T>> items) {
    long sum = 0;
    if (countsBytes()) {
      for (Item<T> item : items) {
        sum += bytesOf.applyAsLong(item);
      }
    }
    return sum;
  }

  boolean countsBytes() {
    return traits.maxBytes() != Long.MAX_VALUE || traits.maxItemBytes() != Long.MAX_VALUE;
  }
}
