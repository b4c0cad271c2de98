package dev.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier.Findings;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Calls are shown to whoever asked to see them, with what went over the wire in each.
final class CallObserverTest {

  private record Seen(long batch, int items, Reply reply, List<Inspectable.Exchange> exchanges) {}

  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();

  @Test
  void eachCallIsShownWithItsOwnExchange() {
    var destination = new Talkative();
    var report = run(destination, new Watcher()).execute();

    assertThat(report.tally().delivered()).isEqualTo(40);
    assertThat(seen).hasSize(4);
    assertThat(seen)
        .allSatisfy(
            one -> {
              assertThat(one.items()).isEqualTo(10);
              assertThat(one.reply()).isInstanceOf(Reply.Answered.class);
              assertThat(one.exchanges())
                  .containsExactly(
                      new Inspectable.Exchange("batch " + one.batch(), "fine, " + one.batch()));
            });
  }

  @Test
  void observerThatFailsDoesNotTouchTheRun() {
    var observer =
        new Watcher() {
          @Override
          public void sent(
              Batch<String> batch,
              Way way,
              Times times,
              Reply reply,
              List<Inspectable.Exchange> exchanges) {
            throw new IllegalStateException("a bug");
          }
        };

    assertThat(run(new Talkative(), observer).execute().allDelivered()).isTrue();
  }

  private static Run<String> run(Destination<String> destination, CallObserver<String> observer) {
    var next = new AtomicInteger();
    Supply<String> supply =
        intake -> {
          int ordinal = next.incrementAndGet();
          if (ordinal > 40) {
            return false;
          }
          intake.accept(Item.of(ordinal, "item " + ordinal));
          return true;
        };
    Policy policy = Policy.forTraits(destination.traits()).batchItems(10).build();
    return new Run<>(
        "run",
        supply,
        destination,
        policy,
        settlement -> {},
        Journal.none(),
        Recovery.none(),
        item -> false,
        observer);
  }

  private static final class Talkative implements Destination<String>, Inspectable {

    private Inspector inspector = exchange -> {};

    @Override
    public Traits traits() {
      return Traits.of(Idempotence.IDEMPOTENT);
    }

    @Override
    public Reply send(Batch<String> batch) {
      inspector.exchanged(new Exchange("batch " + batch.number(), "fine, " + batch.number()));
      return Reply.accepted(batch.size());
    }

    @Override
    public void inspect(Inspector asked) {
      this.inspector = asked;
    }

    @Override
    public void close() {}
  }

  private class Watcher implements CallObserver<String> {

    @Override
    public void sent(
        Batch<String> batch,
        Way way,
        Times times,
        Reply reply,
        List<Inspectable.Exchange> exchanges) {
      seen.add(new Seen(batch.number(), batch.size(), reply, exchanges));
    }

    @Override
    public void lookedUp(
        Batch<String> batch,
        Times times,
        Findings findings,
        List<Inspectable.Exchange> exchanges) {}
  }
}
