package dev.waybill.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.junit.jupiter.api.Test;

class SharingTest {

  @Test
  void sharesOfAllSubtasksAddUpToTheWhole() {
    Policy whole =
        Policy.forTraits(Traits.of(Idempotence.IDEMPOTENT))
            .inFlight(10)
            .callsPerSecond(30)
            .itemsPerSecond(900)
            .build();
    List<Policy> shares =
        IntStream.range(0, 4).mapToObj(index -> new Share(index, 4).of(whole)).toList();
    assertThat(shares).extracting(Policy::inFlight).containsExactly(3, 3, 2, 2);
    assertThat(shares).allMatch(share -> share.callsPerSecond() == 7.5);
    assertThat(shares).allMatch(share -> share.itemsPerSecond() == 225);
    assertThat(shares).allMatch(share -> share.heldItems() < whole.heldItems());
  }

  @Test
  void moreSubtasksThanCallsAreRefused() {
    Policy whole = Policy.forTraits(Traits.of(Idempotence.IDEMPOTENT)).inFlight(2).build();
    assertThatThrownBy(() -> new Share(2, 3).of(whole))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "2 calls at a time can not be shared by 3 subtasks: set the parallelism of the delivery"
                + " to 2 at the most, or allow more calls at a time");
  }

  @Test
  void rateHoldsOverAllSubtasks() throws Exception {
    SimulatedService service = SharedService.start("slow", Map.of("idempotent", "true"));
    StreamExecutionEnvironment environment = LocalCluster.environment(2);
    Waybill.named("slow", SharedService.opener("slow"))
        .policy(policy -> policy.batchItems(10).callsPerSecond(40))
        .deliver(LocalCluster.contacts(environment, 800))
        .sinkTo(new DiscardingSink<>());

    environment.execute();

    List<Duration> times = service.truth().callTimes();
    assertThat(service.truth().applied()).isEqualTo(800);
    // In any second at most what the rate allows, and one call more for each subtask.
    for (int i = 0; i + 43 < times.size(); i++) {
      assertThat(times.get(i + 43).minus(times.get(i))).isGreaterThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void retryAfterHeardByOneSubtaskHoldsForAll() throws Exception {
    OneIsThrottled.reset();
    StreamExecutionEnvironment environment = LocalCluster.environment(2);
    Waybill.named("throttling", OneIsThrottled::new)
        .policy(policy -> policy.batchItems(10).inFlight(2))
        .deliver(LocalCluster.contacts(environment, 2 * 10 * 400))
        .sinkTo(new DiscardingSink<>());

    environment.execute();

    assertThat(OneIsThrottled.received()).isEqualTo(2 * 10 * 400);
    // The other would have made all of its 400 calls by then.
    assertThat(OneIsThrottled.callsOfTheOtherMeanwhile()).isLessThan(300);
  }

  @Test
  void sinkDeliversAll() throws Exception {
    SimulatedService service =
        SharedService.start("sink", Map.of("idempotent", "true", "drop", "0.05"));
    StreamExecutionEnvironment environment = LocalCluster.environment(2);
    LocalCluster.FailsOnce.FAILED.set(false);
    LocalCluster.contacts(environment, 20_000)
        .map(new LocalCluster.FailsOnce(5_000))
        .returns(ValueType.FIELDS)
        .sinkTo(
            Waybill.named("sink", SharedService.opener("sink"))
                .key(contact -> contact.text("id"))
                .sink(ValueType.FIELDS));

    environment.execute();

    for (long id = 1; id <= 20_000; id++) {
      assertThat(service.truth().timesApplied(String.valueOf(id))).isEqualTo(1);
    }
  }

  @Test
  void sinkFailsOnARecordThatWasNotDelivered() {
    SharedService.start("strict", Map.of("bad", "id = 7", "idempotent", "true"));
    StreamExecutionEnvironment environment = LocalCluster.environment(1);
    TypeInformation<dev.waybill.Fields> type = ValueType.FIELDS;
    // So many that the sink fails long before the source's end: else an event of the source may
    // meet
    // the failed task, and be told as the cause.
    LocalCluster.contacts(environment, 200_000)
        .sinkTo(
            Waybill.named("strict", SharedService.opener("strict"))
                .key(contact -> contact.text("id"))
                .sink(type));

    assertThatThrownBy(environment::execute)
        .hasStackTraceContaining("UserException: The record with the key '7' is rejected");
  }
}
