package dev.waybill.sim;

import java.util.Arrays;
import java.util.function.Consumer;

/// The calls in the order in which they came, 17 bytes each. After the first million it only
/// counts.
final class CallLog {

  private static final int LIMIT = 1_000_000;

  private long[] times = new long[64];
  private int[] sizes = new int[64];
  private int[] applied = new int[64];
  private Fault[] faults = new Fault[64];
  private int count;

  /// One call.
  ///
  /// @param nanos when it came, on the clock of whoever runs the simulation
  /// @param size items in it
  /// @param applied items that it applied
  record Entry(long nanos, int size, Fault fault, int applied) {}

  void add(Entry call) {
    if (count == LIMIT) {
      return;
    }
    if (count == times.length) {
      int length = 2 * count;
      times = Arrays.copyOf(times, length);
      sizes = Arrays.copyOf(sizes, length);
      applied = Arrays.copyOf(applied, length);
      faults = Arrays.copyOf(faults, length);
    }
    times[count] = call.nanos();
    sizes[count] = call.size();
    applied[count] = call.applied();
    faults[count] = call.fault();
    count++;
  }

  void forEach(Consumer<Entry> reader) {
    for (int i = 0; i < count; i++) {
      reader.accept(new Entry(times[i], sizes[i], faults[i], applied[i]));
    }
  }
}
