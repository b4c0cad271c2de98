package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.delivery.GiveUp;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Traits;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RunTest {

  private final Map<Disposition, Long> ends = new EnumMap<>(Disposition.class);

  private final SettlementSink<Long> counting =
      settlement ->
          ends.merge(settlement.disposition(), (long) settlement.items().size(), Long::sum);

  private static Supply<Long> numbers(long count) {
    var next = new AtomicLong();
    return intake -> {
      long ordinal = next.incrementAndGet();
      if (ordinal > count) {
        return false;
      }
      if (ordinal % 1_000 == 0) {
        intake.refuse(Item.of(ordinal, ordinal), Reason.of("it can not be read"));
      } else {
        intake.accept(Item.of(ordinal, ordinal));
      }
      return true;
    };
  }

  private static Destination<Long> destination(Function<Batch<Long>, Reply> replies) {
    return new Destination<>() {
      @Override
      public Traits traits() {
        return Traits.of(Traits.Idempotence.NOT_IDEMPOTENT);
      }

      @Override
      public Reply send(Batch<Long> batch) {
        return replies.apply(batch);
      }

      @Override
      public void close() {}
    };
  }

  private static Reply accept(Batch<Long> batch) {
    return Reply.accepted(batch.size());
  }

  private static Policy policy(Destination<Long> destination) {
    return Policy.forTraits(destination.traits()).batchItems(50).build();
  }

  private Run<Long> run(Supply<Long> supply, Function<Batch<Long>, Reply> replies) {
    Destination<Long> destination = destination(replies);
    return new Run<>("run", supply, destination, policy(destination), counting);
  }

  @Test
  void everyItemOfTheSupplyEndsOnce() {
    Report report = run(numbers(20_500), RunTest::accept).execute();

    assertThat(report.tally().offered()).isEqualTo(20_500);
    assertThat(ends)
        .containsOnly(
            Map.entry(Disposition.DELIVERED, 20_480L), Map.entry(Disposition.REJECTED, 20L));
    assertThat(report.allDelivered()).isFalse();
    assertThat(report.givenUp()).isFalse();
    assertThat(report.reasons().getFirst().count()).isEqualTo(20);
  }

  @Test
  void sourceThatBreaksInTheMiddleLeavesWhatWasReadDelivered() {
    Supply<Long> numbers = numbers(700);
    Report report =
        run(
                intake -> {
                  if (!numbers.next(intake)) {
                    throw new UserException("line 701 can not be read");
                  }
                  return true;
                },
                RunTest::accept)
            .execute();

    assertThat(report.unread()).isEqualTo("line 701 can not be read");
    assertThat(report.tally().delivered()).isEqualTo(700);
    assertThat(report.givenUp()).isTrue();
  }

  @Test
  void bugInTheSourceIsNotTakenForItsEnd() {
    Supply<Long> broken =
        intake -> {
          throw new IllegalStateException("a bug");
        };

    assertThatThrownBy(() -> run(broken, RunTest::accept).execute()).hasMessage("a bug");
  }

  @Test
  void stoppedRunAccountsForTheRestOfTheSourceToo() throws Exception {
    var begun = new CountDownLatch(1);
    var stopped = new CountDownLatch(1);
    Run<Long> run =
        run(
            numbers(5_000),
            batch -> {
              begun.countDown();
              await(stopped);
              return accept(batch);
            });
    var stopper =
        Thread.startVirtualThread(
            () -> {
              await(begun);
              run.stop(Reason.of("the user has had enough"));
              stopped.countDown();
            });
    Report report = run.execute();
    stopper.join();

    assertThat(report.tally().offered()).isEqualTo(5_000);
    assertThat(report.tally().unprocessed()).isPositive();
    assertThat(report.tally().held()).isZero();
    assertThat(String.valueOf(report.stopped())).isEqualTo("the user has had enough");
  }

  @Test
  void abandonedRunWaitsForNobody() throws Exception {
    var begun = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    Run<Long> run =
        run(
            numbers(10_000_000),
            batch -> {
              begun.countDown();
              await(never);
              return accept(batch);
            });
    var abandoner =
        Thread.startVirtualThread(
            () -> {
              await(begun);
              run.abandon(Reason.of("now"));
            });
    Report report = run.execute();
    abandoner.join();

    assertThat(report.tally().unknown()).isPositive();
    assertThat(report.tally().held()).isZero();
    assertThat(report.unread()).isEqualTo("the run was broken off before the source's end");
  }

  @Test
  void whereNothingCanBeWrittenNothingIsSent() {
    Destination<Long> destination = destination(RunTest::accept);
    SettlementSink<Long> full =
        new SettlementSink<>() {
          @Override
          public void settled(Settlement<Long> settlement) {
            throw new UserException("success.csv can not be written: the disk is full");
          }
        };
    Report report =
        new Run<>("run", numbers(100_000), destination, policy(destination), full).execute();

    assertThat(report.unwritten()).isEqualTo("success.csv can not be written: the disk is full");
    assertThat(report.tally().delivered()).isLessThan(50_000);
    assertThat(report.tally().held()).isZero();
  }

  @Test
  void tooManyRejectedInTheEndCountAsFailed() {
    Destination<Long> destination = destination(RunTest::accept);
    Policy strict =
        Policy.forTraits(destination.traits()).giveUp(GiveUp.NEVER.rejectedShare(0)).build();
    Report report = new Run<>("run", numbers(1_000), destination, strict, counting).execute();

    assertThat(String.valueOf(report.stopped()))
        .matches("1 of [\\d,]+ items were rejected, more than the 0 % that are allowed");
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
