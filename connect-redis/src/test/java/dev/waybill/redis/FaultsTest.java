package dev.waybill.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.delivery.Backoff;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/// A dispatcher over a line that breaks again and again: what it tells of each record is compared
/// with what Redis holds.
@Timeout(60) // a dispatcher that never ends is what these look for
class FaultsTest {

  private static final List<Fields> CONTACTS =
      LongStream.rangeClosed(1, 300).mapToObj(i -> Records.contact(i, i).payload()).toList();

  @BeforeEach
  void empty() {
    RedisNode.empty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"upsert", "insert"})
  void hashesAreAllThereHoweverOftenTheLineBreaks(String mode) throws Exception {
    try (var line = brokenLine()) {
      List<Undelivered<Fields>> back = deliver(line, "key", "contact:{id}", "mode", mode);

      assertThat(back).isEmpty();
      assertThat(RedisNode.keys(0, "hash")).hasSize(CONTACTS.size());
      assertThat(faults(line)).isPositive();
    }
  }

  @Test
  void elementsOfAListAreThereOnceUnlessTheyAreToldToBeUnknown() throws Exception {
    try (var line = brokenLine()) {
      List<Undelivered<Fields>> back =
          deliver(line, "type", "list", "key", "all", "value-field", "id");

      List<String> there = RedisNode.texts(0, Command.LRANGE, "all", "0", "-1");
      assertThat(there).doesNotHaveDuplicates();
      assertThat(back).isNotEmpty().allMatch(one -> one.disposition() == Disposition.UNKNOWN);
      var known = new HashSet<>(CONTACTS.stream().map(contact -> contact.text("id")).toList());
      back.forEach(one -> known.remove(one.payload().text("id")));
      assertThat(there).containsAll(known);
    }
  }

  /// Half of the calls meet something; none of those by which a destination is opened.
  private static FaultProxy brokenLine() {
    FaultScript seeded =
        FaultScript.seeded(
            7,
            Map.of(
                Fault.CUT_BEFORE, 0.1,
                Fault.RESET_BEFORE, 0.1,
                Fault.CUT_AFTER, 0.1,
                Fault.RESET_AFTER, 0.1,
                Fault.CUT_ANSWER, 0.1));
    return FaultProxy.before(RedisNode.port(), call -> call <= 4 ? Fault.PASS : seeded.fault(call));
  }

  private static long faults(FaultProxy line) {
    return line.count(Fault.CUT_AFTER) + line.count(Fault.RESET_AFTER);
  }

  private static List<Undelivered<Fields>> deliver(FaultProxy line, String... options)
      throws InterruptedException {
    var destination =
        Records.open("redis://127.0.0.1:" + line.port(), Records.WITHOUT_KEY, options);
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
      CONTACTS.forEach(dispatcher::submit);
      return dispatcher.flush();
    }
  }
}
