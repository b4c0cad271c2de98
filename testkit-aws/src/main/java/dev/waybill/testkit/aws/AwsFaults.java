package dev.waybill.testkit.aws;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/// The faults of one service: what was scripted for the next calls, then what holds for all others.
/// Only calls that write meet faults. Safe for use by many threads.
public final class AwsFaults {

  private final BatchShapes shapes;
  private final Deque<AwsFault> next = new ArrayDeque<>();
  private LongFunction<AwsFault> steady = call -> AwsFault.none();
  private long calls;

  AwsFaults(BatchShapes shapes) {
    this.shapes = shapes;
  }

  /// These faults for the next calls, one for each, behind those that still wait.
  ///
  /// @throws IllegalArgumentException if the service can not answer so
  public synchronized AwsFaults next(AwsFault... faults) {
    Arrays.asList(faults).forEach(shapes::require);
    next.addAll(Arrays.asList(faults));
    return this;
  }

  /// The same for each call for which nothing is scripted.
  ///
  /// @throws IllegalArgumentException if the service can not answer so
  public synchronized AwsFaults always(AwsFault fault) {
    shapes.require(fault);
    steady = call -> fault;
    return this;
  }

  /// Each fault in a share of the calls, drawn by call number; the rest passes.
  ///
  /// @param shares each from 0 to 1, in the order in which the draw is held against them
  /// @throws IllegalArgumentException if the service can not answer so, or there are more faults
  ///   than calls
  public synchronized AwsFaults seeded(long seed, Map<AwsFault, Double> shares) {
    shares.keySet().forEach(shapes::require);
    if (shares.values().stream().mapToDouble(Double::doubleValue).sum() > 1 + 1e-9) {
      throw new IllegalArgumentException("more faults than calls: " + shares);
    }
    steady =
        call -> {
          double draw = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call).nextDouble();
          for (var share : shares.entrySet()) {
            draw -= share.getValue();
            if (draw < 0) {
              return share.getKey();
            }
          }
          return AwsFault.none();
        };
    return this;
  }

  /// No faults any more.
  public synchronized AwsFaults clear() {
    next.clear();
    steady = call -> AwsFault.none();
    return this;
  }

  /// A call that writes, and what befalls it.
  record Turn(long call, AwsFault fault) {}

  synchronized Turn turn() {
    calls++;
    AwsFault scripted = next.poll();
    return new Turn(calls, scripted == null ? steady.apply(calls) : scripted);
  }
}
