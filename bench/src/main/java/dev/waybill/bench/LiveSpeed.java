package dev.waybill.bench;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.live.LiveLaunch;
import dev.waybill.flow.live.LiveLife;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.CallObserver;
import dev.waybill.run.LiveRun;
import dev.waybill.run.Report;
import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Permits;
import dev.waybill.spi.Verifier.Findings;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long records are on their way from a Kafka topic to an HTTP API: from the moment at which
/// they are written to the topic until the API has answered for them, at a steady rate. Broker with
/// producer, and API, are processes of their own on the same machine.
///
/// Arguments: records a second; seconds that count, after as many seconds of warming up, 20 at the
/// most.
public final class LiveSpeed {

  /// Delays are counted by the millisecond up to here.
  private static final int MOST_MILLIS = 60_000;

  private static final int MOST_WARMING = 20;

  private LiveSpeed() {}

  public static void main(String[] arguments) throws Exception {
    int perSecond = Integer.parseInt(arguments[0]);
    int seconds = Integer.parseInt(arguments[1]);
    System.out.println(Spent.surroundings());
    try (var workspace = Workspace.create();
        PacedTopic topic = PacedTopic.start();
        LoopbackServer server = LoopbackServer.start();
        LiveLaunch launch =
            LiveLaunch.open(
                job(topic.address(), server.uri().toString()),
                Connectors.found(),
                Permits.everything());
        Ledger ledger = Ledgers.open(workspace.file("ledger.db").toString(), Durability.PROCESS);
        LiveLife life = LiveLife.begun(ledger, launch, Instant.now())) {
      var delays = new Delays();
      LiveRun<Fields> run = life.run(launch, delays);
      var report = new FutureTask<Report>(run::execute);
      Thread.ofPlatform().name("run").start(report);
      long warm = topic.write(perSecond, Math.min(MOST_WARMING, seconds));
      await(run, warm);
      delays.clear();
      long[] written = new long[1];
      Spent spent =
          Spent.on(
              () -> {
                written[0] = topic.write(perSecond, seconds);
                await(run, warm + written[0]);
              });
      run.stop();
      life.end(report.get(), "{}");
      System.out.printf(
          "%,d records/s for %d s: %,d delivered, %,.0f/s; delay p50 %,d ms, p99 %,d ms, most %,d"
              + " ms; %.1f CPU s%n",
          perSecond,
          seconds,
          report.get().tally().delivered() - warm,
          written[0] / spent.seconds(),
          delays.share(0.5),
          delays.share(0.99),
          delays.share(1),
          spent.cpuSeconds());
      System.out.printf("the ledger has %,d kB%n", workspace.bytes("ledger.db") / 1_000);
    }
    System.out.println(Spent.surroundings());
  }

  private static Job job(String from, String to) {
    var settings = new JobSettings();
    settings.files(List.of(from));
    settings.flag(JobKey.TO, to);
    settings.destinationOption("results", "/results");
    settings.destinationOption("idempotent", "true");
    settings.set(JobKey.BATCH_SIZE, new Given("500", "LiveSpeed"));
    settings.set(JobKey.CONCURRENCY, new Given("8", "LiveSpeed"));
    settings.key(List.of("id"));
    settings.live();
    return settings.job();
  }

  private static void await(LiveRun<?> run, long delivered) {
    while (run.progress().tally().settled() < delivered) {
      try {
        Thread.sleep(5);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /// Notes for each record how long it was on its way.
  private static final class Delays implements CallObserver<Fields> {

    private final AtomicLongArray byMillis = new AtomicLongArray(MOST_MILLIS + 1);

    @Override
    public void sent(
        Batch<Fields> batch, Way way, Times times, Reply reply, List<Exchange> exchanges) {
      long now = System.currentTimeMillis();
      for (Item<Fields> item : batch.items()) {
        if (item.payload().get("at") instanceof Number at) {
          long delay = Math.max(0, Math.min(MOST_MILLIS, now - at.longValue()));
          byMillis.incrementAndGet((int) delay);
        }
      }
    }

    @Override
    public void lookedUp(
        Batch<Fields> batch, Times times, Findings findings, List<Exchange> exchanges) {}

    void clear() {
      for (int i = 0; i <= MOST_MILLIS; i++) {
        byMillis.set(i, 0);
      }
    }

    /// The delay that this share of the records does not exceed.
    int share(double share) {
      long count = 0;
      for (int i = 0; i <= MOST_MILLIS; i++) {
        count += byMillis.get(i);
      }
      long least = (long) Math.ceil(share * count);
      long seen = 0;
      for (int i = 0; i <= MOST_MILLIS; i++) {
        seen += byMillis.get(i);
        if (seen >= least) {
          return i;
        }
      }
      return MOST_MILLIS;
    }
  }
}
