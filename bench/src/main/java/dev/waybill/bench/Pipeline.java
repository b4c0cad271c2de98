package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.Run;
import dev.waybill.spi.Journal;
import dev.waybill.spi.SourceIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the engine and the accounting cost: a file of contacts is sent to an API in another
/// process, by a bare pipeline, by a run, by one with a key, and by one with the ledger, turn by
/// turn.
///
/// Arguments: how many records, and in how many rounds; then, to look at it with a profiler, the
/// one way to go: `BARE`, `RUN`, `RUN_WITH_KEY` or `RUN_WITH_LEDGER`.
public final class Pipeline {

  private enum Way {
    BARE,
    RUN,
    RUN_WITH_KEY,
    RUN_WITH_LEDGER
  }

  private final Path csv;
  private final URI api;
  private final Workspace workspace;
  private long ledgerBytes;

  private Pipeline(Path csv, URI api, Workspace workspace) {
    this.csv = csv;
    this.api = api;
    this.workspace = workspace;
  }

  public static void main(String[] arguments) throws Exception {
    int records = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    try (var workspace = Workspace.create();
        var server = LoopbackServer.start()) {
      Path csv = workspace.file("contacts.csv");
      Contacts.write(csv, records);
      System.out.printf(
          "%,d records of %,d bytes, batches of %d; %s%n",
          records, csv.toFile().length() / records, FullRun.BATCH, Spent.surroundings());
      var pipeline = new Pipeline(csv, server.uri(), workspace);
      if (arguments.length > 2) {
        pipeline.repeat(Way.valueOf(arguments[2]), rounds);
      } else {
        pipeline.race(server, records, rounds);
      }
    }
  }

  private void repeat(Way way, int rounds) throws Exception {
    for (int round = 1; round <= rounds; round++) {
      System.out.println(way + " " + Spent.on(() -> deliver(way)));
    }
  }

  private void race(LoopbackServer server, int records, int rounds) throws Exception {
    Map<Way, List<Spent>> spent = new EnumMap<>(Way.class);
    for (int round = 0; round <= rounds; round++) {
      for (Way way : order(round)) {
        Spent one = Spent.on(() -> deliver(way));
        if (server.applied() != records) {
          throw new IllegalStateException(way + " did not deliver all records");
        }
        System.out.printf(
            "%s %-16s %,9.0f records/s  %,9.0f records/CPU s%n",
            round == 0 ? "warm-up" : "round " + round,
            way,
            records / one.seconds(),
            records / one.cpuSeconds());
        if (round > 0) {
          spent.computeIfAbsent(way, unseen -> new ArrayList<>()).add(one);
        }
      }
    }
    System.out.println("medians of the rounds' ratios, by the clock and by processor time");
    print("run / bare", spent, Way.RUN, Way.BARE);
    print("run with key / bare", spent, Way.RUN_WITH_KEY, Way.BARE);
    print("run with ledger / run", spent, Way.RUN_WITH_LEDGER, Way.RUN);
    print("run with ledger / bare", spent, Way.RUN_WITH_LEDGER, Way.BARE);
    System.out.printf("the ledger of a run has %,d bytes%n", ledgerBytes);
    System.out.println(Spent.surroundings());
  }

  /// Each way comes at each place in turn.
  private static List<Way> order(int round) {
    List<Way> ways = new ArrayList<>(List.of(Way.values()));
    Collections.rotate(ways, round);
    return ways;
  }

  private static void print(String name, Map<Way, List<Spent>> spent, Way above, Way below) {
    List<Spent> fast = spent.getOrDefault(below, List.of());
    List<Spent> slow = spent.getOrDefault(above, List.of());
    var byClock = new double[fast.size()];
    var byProcessor = new double[fast.size()];
    for (int i = 0; i < fast.size(); i++) {
      byClock[i] = fast.get(i).seconds() / slow.get(i).seconds();
      byProcessor[i] = fast.get(i).cpuSeconds() / slow.get(i).cpuSeconds();
    }
    System.out.printf("%-24s %.3f  %.3f%n", name, Spent.median(byClock), Spent.median(byProcessor));
  }

  private void deliver(Way way) throws Exception {
    switch (way) {
      case BARE -> BarePipeline.deliver(csv, api);
      case RUN -> run(null);
      case RUN_WITH_KEY -> run("email");
      case RUN_WITH_LEDGER -> runWithLedger();
    }
  }

  private void run(@Nullable String key) {
    try (var out = workspace.inner("run")) {
      FullRun.deliver(Run.newName(), csv, api, out.folder(), key, Journal.none());
    }
  }

  private void runWithLedger() {
    String name = Run.newName();
    try (var out = workspace.inner("run-with-ledger")) {
      try (Ledger ledger = Ledgers.open(out.file("ledger.db").toString(), Durability.PROCESS);
          Journal<Fields> journal =
              ledger.begin(FullRun.header(name, csv, api, SourceIdentity.NONE))) {
        FullRun.deliver(name, csv, api, out.folder(), null, journal);
      }
      ledgerBytes = out.bytes("ledger.db");
    }
  }
}
