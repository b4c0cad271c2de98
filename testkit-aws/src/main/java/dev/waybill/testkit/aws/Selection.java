package dev.waybill.testkit.aws;

import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Which items of a call a fault concerns.
@FunctionalInterface
public interface Selection {

  /// Whether it concerns this item.
  ///
  /// @param call the call's number, from 1
  /// @param position of the item in its call, from 0
  /// @param content its data or body as text; JSON for DynamoDB
  boolean selects(long call, int position, String content);

  /// Every item.
  static Selection all() {
    return (call, position, content) -> true;
  }

  /// The items at these positions, from 0.
  static Selection at(int... positions) {
    Set<Integer> chosen = IntStream.of(positions).boxed().collect(Collectors.toSet());
    return (call, position, content) -> chosen.contains(position);
  }

  /// Items with this text in them, wherever and however often they come.
  static Selection containing(String text) {
    return (call, position, content) -> content.contains(text);
  }

  /// A share of the items, drawn anew for each call and position, and the same whenever the seed is
  /// the same.
  ///
  /// @param share from 0 to 1
  static Selection share(double share, long seed) {
    return (call, position, content) ->
        new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call * 1_000_003 + position).nextDouble()
            < share;
  }
}
