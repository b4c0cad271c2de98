package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.files.RunFiles;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.Run;
import dev.waybill.spi.Journal;
import dev.waybill.spi.SourceIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What the engine and the accounting cost: a file of contacts is sent to an API in another
/// process, by a bare pipeline, by a run, and by a run with the ledger, turn by turn.
///
/// Arguments: how many records, and in how many rounds.
public final class Pipeline {

  private enum Way {
    BARE,
    RUN,
    RUN_WITH_LEDGER
  }

  private final Path csv;
  private final URI api;
  private final Workspace workspace;

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
      new Pipeline(csv, server.uri(), workspace).race(server, records, rounds);
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
    print("run with ledger / run", spent, Way.RUN_WITH_LEDGER, Way.RUN);
    print("run with ledger / bare", spent, Way.RUN_WITH_LEDGER, Way.BARE);
    System.out.println(Spent.surroundings());
  }

  /// Each way goes first, second and last equally often.
  private static List<Way> order(int round) {
    return switch (round % 3) {
      case 0 -> List.of(Way.BARE, Way.RUN, Way.RUN_WITH_LEDGER);
      case 1 -> List.of(Way.RUN, Way.RUN_WITH_LEDGER, Way.BARE);
      default -> List.of(Way.RUN_WITH_LEDGER, Way.BARE, Way.RUN);
    };
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
      case RUN -> {
        try (var out = workspace.inner("run")) {
          run(Run.newName(), out, Journal.none());
        }
      }
      case RUN_WITH_LEDGER -> runWithLedger();
    }
  }

  private void run(String name, Workspace out, Journal<Fields> journal) {
    FullRun.deliver(
        name,
        csv,
        api,
        source -> RunFiles.create(out.folder(), source, "email", Instant.now()),
        journal);
  }

  private void runWithLedger() {
    String name = Run.newName();
    try (var out = workspace.inner("run-with-ledger")) {
      try (Ledger ledger = Ledgers.open(out.file("ledger.db").toString(), Durability.PROCESS)) {
        try (Journal<Fields> journal =
            ledger.begin(FullRun.header(name, csv, api, SourceIdentity.NONE))) {
          run(name, out, journal);
        }
      }
      System.out.printf("the ledger has %,d bytes%n", out.bytes("ledger.db"));
    }
  }
}
