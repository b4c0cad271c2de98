package dev.waybill.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.waybill.testkit.aws.Emulators;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// From submit to settled: how many items a second [dev.waybill.run.Dispatcher] brings into SQS,
/// Kinesis and DynamoDB, beside the same calls made by hand with the SDK's async client, and for
/// SQS beside the SDK's own batches. All against an instant fake in another process, in rounds that
/// alternate; of the rounds' ratios the median counts, since a busy machine slows both alike. The
/// processor time that an item costs here and in the fake is told too: it hardly depends on who
/// else is busy, and says how many items a second there would be if nobody were. The same against
/// emulators, which take most of the time themselves.
public final class AwsDispatch {

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  /// Rounds before the first that counts: until the compiler has little left to do.
  private static final int WARM_UPS = 15;

  /// Emulators keep everything in memory, and get less.
  private static final int WARM_UPS_OF_EMULATORS = 5;

  /// What one round of one contender took.
  ///
  /// @param ownMicros processor time of this process for an item
  /// @param farMicros and on the far side
  private record Lap(double itemsPerSecond, double ownMicros, double farMicros) {

    double micros() {
      return ownMicros + farMicros;
    }
  }

  private final int warmUps;
  private final int rounds;

  private AwsDispatch(int warmUps, int rounds) {
    this.warmUps = warmUps;
    this.rounds = rounds;
  }

  /// Prints a line for each contender.
  ///
  /// @param arguments rounds (9 if left out), calls at a time (10), and the services or emulators
  ///   (all services)
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 9;
    int inFlight = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10;
    List<String> services =
        arguments.length > 2
            ? List.of(arguments).subList(2, arguments.length)
            : List.of("sqs", "kinesis", "dynamodb");
    System.out.printf(
        "%d rounds, %d calls at a time, %d processors, load average %.1f%n",
        rounds, inFlight, MACHINE.getAvailableProcessors(), MACHINE.getSystemLoadAverage());
    try (var aws = FakeAwsProcess.start()) {
      var contenders = new AwsContenders(aws.endpoint(), inFlight);
      var comparison = new AwsDispatch(WARM_UPS, rounds);
      var emulated = new AwsDispatch(WARM_UPS_OF_EMULATORS, rounds);
      for (String service : services) {
        switch (service) {
          case "sqs" -> comparison.compare(service, contenders.sqs(), 30_000);
          case "kinesis" -> comparison.compare(service, contenders.kinesis(), 60_000);
          case "dynamodb" -> comparison.compare(service, contenders.dynamoDb(), 50_000);
          case "elasticmq" ->
              emulated.compare(
                  service, new AwsContenders(Emulators.elasticMq(), inFlight).newSqs(), 2_000);
          case "kinesalite" ->
              emulated.compare(
                  service,
                  new AwsContenders(Emulators.kinesalite(), inFlight).newKinesis(),
                  10_000);
          case "dynamodb-local" ->
              emulated.compare(
                  service,
                  new AwsContenders(Emulators.dynamoDbLocal(), inFlight).newDynamoDb(),
                  5_000);
          case "dynalite" ->
              emulated.compare(
                  service, new AwsContenders(Emulators.dynalite(), inFlight).newDynamoDb(), 5_000);
          default -> throw new IllegalArgumentException("no service that is measured: " + service);
        }
      }
    }
    System.out.printf("load average at the end %.1f%n", MACHINE.getSystemLoadAverage());
  }

  private void compare(String service, List<Contender> contenders, int items)
      throws InterruptedException {
    var payloads = new Payloads();
    var laps = new Lap[contenders.size()][rounds];
    for (int round = -warmUps; round < rounds; round++) {
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
          "%-9s %-21s %,9.0f items/s; processor %6.2f µs an item, and %6.2f on the far side%n",
          service,
          contenders.get(who).name(),
          median(laps[who], Lap::itemsPerSecond),
          median(laps[who], Lap::ownMicros),
          median(laps[who], Lap::farMicros));
      if (who > 0) {
        System.out.printf(
            "%-9s Dispatcher to that: items/s %s; by processor time %.2f%n",
            service,
            ratios(laps[0], laps[who]),
            median(laps[who], Lap::micros) / median(laps[0], Lap::micros));
      }
    }
    contenders.forEach(Contender::close);
  }

  private Lap lap(Contender contender, Payloads payloads, int items) throws InterruptedException {
    long own = MACHINE.getProcessCpuTime();
    long far = farNanos();
    long start = System.nanoTime();
    contender.deliver(payloads, items);
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Lap(
        items / seconds,
        (MACHINE.getProcessCpuTime() - own) / 1e3 / items,
        (farNanos() - far) / 1e3 / items);
  }

  /// Processor time of the fake, or of the emulators, which are this process's children.
  private static long farNanos() {
    return ProcessHandle.current()
        .children()
        .mapToLong(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
        .sum();
  }

  private static double median(Lap[] laps, ToDoubleFunction<Lap> value) {
    return median(Arrays.stream(laps).mapToDouble(value).toArray());
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
