package dev.waybill.bench;

import dev.waybill.Batch;
import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.RunHeader;
import dev.waybill.ledger.RunJournal;
import dev.waybill.run.Run;
import dev.waybill.spi.SourceIdentity;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// How fast the ledger takes rejected rows, and what a commit costs.
///
/// Arguments: the ledger's place (a new file, or `postgresql://…`), and how many items.
public final class LedgerSpeed {

  private static final int BATCH = 500;
  private static final int BATCHES_A_STEP = 4;

  private LedgerSpeed() {}

  /// Measures each thing three times; the first is for the JVM to get warm.
  public static void main(String[] arguments) throws Exception {
    String place = arguments[0];
    int items = Integer.parseInt(arguments[1]);
    for (Durability durability : Durability.values()) {
      try (Ledger ledger = Ledgers.open(place, durability)) {
        for (int round = 0; round < 3; round++) {
          rejected(ledger, durability, items);
          delivered(ledger, durability, items);
        }
      }
    }
    resume(place, items);
    if (!place.contains("://")) {
      System.out.printf("the file has %,d bytes%n", Files.size(Path.of(place)));
    }
  }

  private static void rejected(Ledger ledger, Durability durability, int items) {
    try (RunJournal<String> journal = ledger.begin(header())) {
      long wall = System.nanoTime();
      long cpu = cpu();
      for (int first = 1; first <= items; first += BATCH) {
        List<Item<String>> batch = items(first);
        journal.sends(new Batch<>(first, batch, 1, ""));
        for (Item<String> item : batch) {
          Reason reason =
              Reason.of(
                  "23505", "email 'person" + item.ordinal() + "@example.com' is there already");
          journal.settled(
              new Settlement<>(first, List.of(item), Disposition.REJECTED, reason, 1, List.of()));
        }
        journal.commit();
      }
      print(durability + ": rejected rows a second", items, wall, cpu);
    }
  }

  /// Each step announces some batches and settles those of the step before.
  private static void delivered(Ledger ledger, Durability durability, int items) {
    try (RunJournal<String> journal = ledger.begin(header())) {
      int steps = items / (BATCH * BATCHES_A_STEP);
      var nanos = new long[steps];
      List<Batch<String>> underWay = new ArrayList<>();
      long cpu = cpu();
      long wall = System.nanoTime();
      for (int step = 0; step < steps; step++) {
        List<Batch<String>> next = new ArrayList<>();
        for (int i = 0; i < BATCHES_A_STEP; i++) {
          long number = (long) step * BATCHES_A_STEP + i + 1;
          next.add(new Batch<>(number, items((int) (number - 1) * BATCH + 1), 1, ""));
        }
        long begin = System.nanoTime();
        underWay.forEach(batch -> settle(journal, batch));
        next.forEach(journal::sends);
        journal.commit();
        nanos[step] = System.nanoTime() - begin;
        underWay = next;
      }
      print(durability + ": delivered items a second", items, wall, cpu);
      Arrays.sort(nanos);
      System.out.printf(
          "%s: a step of %d batches with its commit takes %,d us (median), %,d us (95%%), %,d us at most%n",
          durability,
          BATCHES_A_STEP,
          nanos[steps / 2] / 1000,
          nanos[steps * 95 / 100] / 1000,
          nanos[steps - 1] / 1000);
    }
  }

  private static void settle(RunJournal<String> journal, Batch<String> batch) {
    journal.settled(
        new Settlement<>(batch.number(), batch.items(), Disposition.DELIVERED, null, 1, List.of()));
  }

  private static void resume(String place, int items) {
    long begin = System.nanoTime();
    try (Ledger ledger = Ledgers.open(place, Durability.PROCESS)) {
      var resumed = ledger.resume(ledger.find("last").id());
      System.out.printf(
          "resumed at record %s of %,d after %,d ms%n",
          resumed.recovery().from(), items, (System.nanoTime() - begin) / 1_000_000);
    }
  }

  private static void print(String what, int items, long wallBefore, long cpuBefore) {
    double wall = (System.nanoTime() - wallBefore) / 1e9;
    double cpu = (cpu() - cpuBefore) / 1e9;
    System.out.printf(
        "%s: %,.0f (%,.0f by the thread's own time)%n", what, items / wall, items / cpu);
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private static RunHeader header() {
    var identity = new SourceIdentity(List.of(new SourceIdentity.Part("/in.csv", 1, "x")));
    return new RunHeader(
        Run.newName(),
        null,
        "speed",
        Instant.now(),
        identity,
        "in.csv",
        "nowhere:",
        "",
        "",
        List.of("email"));
  }

  private static List<Item<String>> items(int first) {
    var items = new ArrayList<Item<String>>(BATCH);
    for (int i = first; i < first + BATCH; i++) {
      var origin = new Origin("in.csv", i + 1, i * 200L, ByteSlice.EMPTY);
      items.add(new Item<>(i, "person" + i + "@example.com", "", origin));
    }
    return items;
  }
}
