package dev.waybill.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The time that something took.
///
/// @param seconds by the clock
/// @param cpuSeconds processor time of this whole process, collector and compiler included; on a
///   machine that does other work as well it says more than the clock
record Spent(double seconds, double cpuSeconds) {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  interface Task {
    void run() throws Exception;
  }

  static Spent on(Task task) throws Exception {
    long start = System.nanoTime();
    long startCpu = SYSTEM.getProcessCpuTime();
    task.run();
    return new Spent(
        (System.nanoTime() - start) / 1e9, (SYSTEM.getProcessCpuTime() - startCpu) / 1e9);
  }

  static double median(List<Spent> rounds, ToDoubleFunction<Spent> figure) {
    return median(rounds.stream().mapToDouble(figure).toArray());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /// What else the machine has to do, to be printed beside every figure.
  static String surroundings() {
    return "%d processors for this process, Java %s, load average %.1f"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            Runtime.version().feature(),
            SYSTEM.getSystemLoadAverage());
  }
}
