package dev.waybill.flink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Policy;
import dev.waybill.flink.Fleet.Made;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a far side sees of all subtasks together, in virtual time.
class FleetTest {

  private static final long SECOND = 1_000_000_000;
  private static final int RATE = 40;

  private static Policy.Builder policy() {
    return Policy.forTraits(Traits.of(Idempotence.IDEMPOTENT)).batchItems(10).inFlight(14);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7, 14})
  void farSideSeesNoMoreThanTheRateFromAllSubtasks(int subtasks) {
    int itemsEach = 10 * 800 / subtasks;
    List<Made> calls =
        new Fleet(
                subtasks,
                policy().callsPerSecond(RATE).build(),
                itemsEach,
                call -> Reply.accepted(call.items()))
            .run();

    // As docs/flink.md says it.
    int most = (int) Math.ceil(RATE * 1.01) + subtasks;
    for (int i = 0; i + most < calls.size(); i++) {
      assertThat(calls.get(i + most).at() - calls.get(i).at()).isGreaterThanOrEqualTo(SECOND);
    }
    // And it gets what it can take.
    assertThat(calls.getLast().at()).isBetween(19 * SECOND, 21 * SECOND);
  }

  @Test
  void retryAfterHeardByOneSubtaskHoldsBackAll() {
    var closed = new long[] {-1};
    List<Made> calls =
        new Fleet(
                4,
                policy().build(),
                5_000,
                call -> {
                  if (call.at() > SECOND / 2 && closed[0] < 0 && call.subtask() == 2) {
                    closed[0] = call.at();
                    return new Reply.Throttled(Reason.of("slow down"), Duration.ofSeconds(5));
                  }
                  return Reply.accepted(call.items());
                })
            .run();

    // From the answer on, and as long as news take, to the end of the time that it asked for.
    long heard = closed[0] + 20_000_000 + Fleet.NEWS_NANOS;
    assertThat(calls).anyMatch(call -> call.at() < heard && call.subtask() == 0);
    assertThat(calls)
        .noneMatch(call -> call.at() > heard && call.at() < heard + 5 * SECOND - Fleet.NEWS_NANOS);
    for (int subtask = 0; subtask < 4; subtask++) {
      int one = subtask;
      assertThat(calls)
          .anyMatch(
              call -> call.at() >= heard + 5 * SECOND - Fleet.NEWS_NANOS && call.subtask() == one);
    }
  }
}
