package dev.waybill.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;

/// From submit to settled: how many items a second [dev.waybill.run.Dispatcher] brings into SQS,
/// Kinesis and DynamoDB, beside the same calls made by hand with the SDK's async client, and for
/// SQS beside the SDK's own batches. All against an instant fake in another process, in rounds that
/// alternate; of the rounds' ratios the median counts, since a busy machine slows both alike. The
/// processor time that this process spends on an item is told too: it does not depend on who else
/// is busy.
public final class AwsDispatch {

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Rounds before the first that counts.
  private static final int WARM_UPS = 3;

  /// What one round of one contender took.
  private record Lap(double itemsPerSecond, double cpuMicrosPerItem) {}

  private AwsDispatch() {}

  /// Prints a line for each contender.
  ///
  /// @param arguments rounds (9 if left out) and calls at a time (10)
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    int inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    System.out.printf(
        "%d rounds, %d calls at a time, %d processors, load average %.1f%n",
        rounds, inFlight, MACHINE.getAvailableProcessors(), MACHINE.getSystemLoadAverage());
    try (var aws = FakeAwsProcess.start()) {
      var contenders = new AwsContenders(aws.endpoint(), inFlight);
      compare("SQS", contenders.sqs(), rounds, 10_000);
      compare("Kinesis", contenders.kinesis(), rounds, 50_000);
      compare("DynamoDB", contenders.dynamoDb(), rounds, 20_000);
    }
    System.out.printf("load average at the end %.1f%n", MACHINE.getSystemLoadAverage());
  }

  private static void compare(String service, List<Contender> contenders, int rounds, int items)
      throws InterruptedException {
    var payloads = new Payloads();
    var laps = new Lap[contenders.size()][rounds];
    for (int round = -WARM_UPS; round < rounds; round++) {
      for (int turn = 0; turn < contenders.size(); turn++) {
        int who = Math.floorMod(turn + round, contenders.size());
        Lap lap = lap(contenders.get(who), payloads, items);
        if (round >= 0) {
          laps[who][round] = lap;
        }
      }
    }
    for (int who = 0; who < contenders.size(); who++) {
      System.out.printf(
          "%-9s %-21s %,9.0f items/s %7.2f µs of processor an item",
          service,
          contenders.get(who).name(),
          median(Arrays.stream(laps[who]).mapToDouble(Lap::itemsPerSecond).toArray()),
          median(Arrays.stream(laps[who]).mapToDouble(Lap::cpuMicrosPerItem).toArray()));
      System.out.println(who == 0 ? "" : "; Dispatcher to it " + ratios(laps[0], laps[who]));
    }
    contenders.forEach(Contender::close);
  }

  private static Lap lap(Contender contender, Payloads payloads, int items)
      throws InterruptedException {
    long cpu = MACHINE.getProcessCpuTime();
    long start = System.nanoTime();
    contender.deliver(payloads, items);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Lap(items / seconds, (MACHINE.getProcessCpuTime() - cpu) / 1e3 / items);
  }

  private static String ratios(Lap[] dispatcher, Lap[] other) {
    var ratios = new double[other.length];
    for (int round = 0; round < other.length; round++) {
      ratios[round] = dispatcher[round].itemsPerSecond() / other[round].itemsPerSecond();
    }
    double median = median(ratios);
    return "%.2f (%.2f to %.2f)".formatted(median, ratios[0], ratios[ratios.length - 1]);
  }

  /// Sorts the values.
  private static double median(double[] values) {
    Arrays.sort(values);
    int middle = values.length / 2;
    return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
  }
}
