package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.delivery.Backoff;
import dev.waybill.run.Dispatcher;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A dispatcher over a line that breaks again and again.
@Timeout(60) // a dispatcher that never ends is what this looks for
class S3FaultsTest {

  @Test
  void linesAreAllThereOnceHoweverOftenTheLineBreaks() throws Exception {
    List<String> lines = IntStream.range(0, 300).mapToObj("line-%03d"::formatted).toList();
    FaultScript seeded =
        FaultScript.seeded(
            7,
            Map.of(
                Fault.CUT_BEFORE, 0.1,
                Fault.RESET_BEFORE, 0.1,
                Fault.CUT_AFTER, 0.1,
                Fault.RESET_AFTER, 0.1,
                Fault.CUT_ANSWER, 0.1));
    // Half of the calls meet something, but not the one by which the destination is opened.
    try (var bucket = new EmulatedBucket();
        var proxy =
            FaultProxy.before(
                EmulatedBucket.endpoint().getPort(),
                call -> call <= 1 ? Fault.PASS : seeded.fault(call))) {
      var destination =
          S3Destination.<String>builder()
              .connection(Fakes.connection(URI.create("http://127.0.0.1:" + proxy.port())))
              .bucket(bucket.name())
              // In most calls there are two objects, of which only one may have been written.
              .folder(item -> item.ordinal() % 2 == 0 ? "even/" : "odd/")
              .line(line -> (line + "\n").getBytes(UTF_8))
              .open();
      try (var dispatcher =
          Dispatcher.to(destination)
              .policy(
                  policy ->
                      policy
                          .batchItems(10)
                          .inFlight(2)
                          .maxAttempts(50)
                          .retryBudget(10_000)
                          .backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5))))
              .open()) {
        lines.forEach(dispatcher::submit);
        assertThat(dispatcher.flush()).isEmpty();
      }

      assertThat(proxy.count(Fault.CUT_AFTER) + proxy.count(Fault.RESET_AFTER)).isPositive();
      assertThat(bucket.objects().values().stream().flatMap(String::lines))
          .containsExactlyInAnyOrderElementsOf(lines);
    }
  }
}
