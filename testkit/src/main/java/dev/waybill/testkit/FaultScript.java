package dev.waybill.testkit;

import dev.waybill.testkit.FaultProxy.Fault;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// Which call meets which fault.
@FunctionalInterface
public interface FaultScript {

  /// The fault for a call.
  ///
  /// @param call counted from 1 over all connections
  Fault fault(long call);

  /// The same for every call.
  static FaultScript always(Fault fault) {
    return call -> fault;
  }

  /// These faults for the first calls, and none after them.
  static FaultScript of(Fault... faults) {
    List<Fault> script = List.of(faults);
    return call -> call <= script.size() ? script.get((int) call - 1) : Fault.PASS;
  }

  /// Each fault in a share of the calls, the rest passes; the n-th call meets the same fault
  /// whenever the seed is the same.
  ///
  /// @param shares each from 0 to 1, all together at most 1
  /// @throws IllegalArgumentException if they add up to more
  static FaultScript seeded(long seed, Map<Fault, Double> shares) {
    var inOrder = new TreeMap<>(shares);
    if (inOrder.values().stream().mapToDouble(Double::doubleValue).sum() > 1 + 1e-9) {
      throw new IllegalArgumentException("more faults than calls: " + shares);
    }
    return call -> {
      // SplitMix64's k-th number, so that the draw depends on the call alone
      double draw = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + call).nextDouble();
      for (var share : inOrder.entrySet()) {
        draw -= share.getValue();
        if (draw < 0) {
          return share.getKey();
        }
      }
      return Fault.PASS;
    };
  }
}
