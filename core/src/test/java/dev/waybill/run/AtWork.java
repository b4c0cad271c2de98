package dev.waybill.run;

import dev.waybill.Fields;
import dev.waybill.Settlement;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Recovery;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/// A run at work.
final class AtWork {
  final Pond pond;
  final Shore shore;
  final List<Settlement<Fields>> settled = new CopyOnWriteArrayList<>();
  final LiveRun<Fields> run;
  private final FutureTask<Report> report;

  AtWork(Pond pond, Shore shore, Journal<Fields> journal, Recovery recovery) {
    this.pond = pond;
    this.shore = shore;
    Policy policy =
        Policy.forTraits(shore.traits())
            .parkAfter(Duration.ofMillis(400))
            .backoff(new Backoff(Duration.ofMillis(5), Duration.ofMillis(20)))
            .patience(Duration.ofDays(1))
            .linger(Duration.ofMillis(5))
            .order(Policy.Order.PER_KEY)
            .heldItems(1_000)
            .build();
    var supply =
        new LiveSupply<Fields>(
            pond,
            next -> next,
            new Bookmark() {
              @Override
              public @Nullable String read() {
                return null;
              }

              @Override
              public void write(String text) {}
            });
    run = new LiveRun<>("run", supply, shore, policy, journal, recovery, settled::add, null);
    report = new FutureTask<>(run::execute);
    Thread.ofPlatform().daemon().start(report);
  }

  AtWork(Pond pond, Shore shore) {
    this(pond, shore, Journal.none(), Recovery.none());
  }

  void awaitSettled(int count) {
    while (run.progress().tally().settled() < count) {
      Thread.onSpinWait();
    }
  }

  Report end() throws InterruptedException {
    try {
      return report.get();
    } catch (ExecutionException e) {
      throw new AssertionError(e.getCause());
    }
  }

  Report stop() throws InterruptedException {
    run.stop();
    return end();
  }
}
