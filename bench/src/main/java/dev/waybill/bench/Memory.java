package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.run.Run;
import dev.waybill.spi.Journal;
import dev.waybill.spi.SourceIdentity;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryUsage;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Whether a file ten times as long is delivered at the same rate in the same memory. To be run
/// with `-Xmx128m`.
///
/// Arguments: the lengths in records, in turn: `1000000 10000000 1000000`.
public final class Memory {

  private Memory() {}

  public static void main(String[] arguments) throws Exception {
    System.out.printf(
        "heap of at most %,d MiB; %s%n",
        Runtime.getRuntime().maxMemory() >> 20, Spent.surroundings());
    try (var server = LoopbackServer.start()) {
      deliver(server, 100_000);
      for (String records : arguments) {
        deliver(server, Long.parseLong(records));
      }
    }
    System.out.println(Spent.surroundings());
  }

  private static void deliver(LoopbackServer server, long records) throws Exception {
    try (var workspace = Workspace.create()) {
      Path csv = workspace.file("contacts.csv");
      Contacts.write(csv, records);
      pools().forEach(MemoryPoolMXBean::resetPeakUsage);
      Spent spent = Spent.on(() -> run(csv, server.uri(), workspace));
      long applied = server.applied();
      if (applied != records) {
        throw new IllegalStateException(applied + " records arrived");
      }
      System.out.printf(
          "%,12d records, %,6d MB  %,9.0f records/s  %,9.0f records/CPU s  %,d MiB in use at the"
              + " last collection%n",
          records,
          Files.size(csv) / 1_000_000,
          records / spent.seconds(),
          records / spent.cpuSeconds(),
          live() >> 20);
    }
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans();
  }

  /// What the last collection of each pool left in use.
  private static long live() {
    return pools().stream()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(usage -> usage != null)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }

  private static void run(Path csv, URI api, Workspace workspace) {
    String name = Run.newName();
    try (Ledger ledger = Ledgers.open(workspace.file("ledger.db").toString(), Durability.PROCESS);
        Journal<Fields> journal =
            ledger.begin(FullRun.header(name, csv, api, SourceIdentity.NONE))) {
      FullRun.deliver(name, csv, api, workspace.folder(), null, journal);
    }
  }
}
