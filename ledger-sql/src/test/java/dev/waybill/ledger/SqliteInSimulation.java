package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Span;
import dev.waybill.spi.Recovery;
import dev.waybill.testkit.simulation.SimulatedLedger;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A ledger on a file, as production opens it, whose process dies when a simulation says so. What
/// `kill -9` leaves is what stands in the files at that moment, so the next life gets a copy of
/// these.
final class SqliteInSimulation implements SimulatedLedger {

  private static final String RUN = "r";

  private final Path directory;
  private final Machine machine = new Machine("here");
  private final ManualClock clock = new ManualClock();
  private int life = 1;
  private SqlLedger ledger;
  private @Nullable RunJournal<Integer> journal;

  /// @param directory an empty one
  SqliteInSimulation(Path directory) {
    this.directory = directory;
    this.ledger = ledgerOfThisLife();
  }

  private SqlLedger ledgerOfThisLife() {
    return Ledgers.open(file("").toString(), Durability.PROCESS, clock, machine.seenBy(life));
  }

  private Path file(String suffix) {
    return directory.resolve("ledger-" + life + ".db" + suffix);
  }

  @Override
  public Opened open() {
    if (life == 1) {
      RunJournal<Integer> begun = ledger.begin(Given.run(RUN));
      journal = begun;
      return new Opened(Recovery.none(), Map.of(), begun);
    }
    Resumed<Integer> resumed = ledger.resume(RUN);
    journal = resumed.journal();
    return new Opened(resumed.recovery(), resumed.lengths(), resumed.journal());
  }

  @Override
  public void crash() {
    try {
      Path left = file("");
      Path log = file("-wal");
      life++;
      Files.copy(left, file(""));
      if (Files.exists(log)) {
        Files.copy(log, file("-wal"));
      }
      ledger.close();
      Files.delete(left);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    machine.kill(life - 1);
    ledger = ledgerOfThisLife();
  }

  @Override
  public Map<Long, Disposition> settled() {
    if (journal != null) {
      journal.finish(Given.report(), "");
    }
    var settled = new TreeMap<Long, Disposition>();
    try (Stream<Span> delivered = ledger.delivered(RUN);
        Stream<UnsentItems> unsent = ledger.unsent(RUN);
        Stream<ItemRecord> items =
            ledger.items(RUN, EnumSet.complementOf(EnumSet.of(Disposition.DELIVERED)))) {
      delivered.forEach(span -> note(settled, span, Disposition.DELIVERED));
      unsent.forEach(gap -> note(settled, gap.span(), Disposition.UNPROCESSED));
      items.forEach(
          item -> note(settled, new Span(item.ordinal(), item.ordinal()), item.disposition()));
    }
    assertThat(counts()).as("the run's counts").isEqualTo(counts(settled));
    return settled;
  }

  private static void note(Map<Long, Disposition> settled, Span span, Disposition end) {
    for (long ordinal = span.first(); ordinal <= span.last(); ordinal++) {
      assertThat(settled.put(ordinal, end)).as("an earlier end of item " + ordinal).isNull();
    }
  }

  private Map<Disposition, Long> counts() {
    RunCounts counts = ledger.find(RUN).counts();
    var all = new HashMap<Disposition, Long>();
    all.put(Disposition.DELIVERED, counts.delivered());
    all.put(Disposition.REJECTED, counts.rejected());
    all.put(Disposition.UNKNOWN, counts.unknown());
    all.put(Disposition.UNPROCESSED, counts.unprocessed());
    return all;
  }

  private static Map<Disposition, Long> counts(Map<Long, Disposition> settled) {
    var all = new HashMap<Disposition, Long>();
    for (Disposition end : Disposition.values()) {
      all.put(end, settled.values().stream().filter(end::equals).count());
    }
    return all;
  }

  @Override
  public void close() {
    ledger.close();
  }
}
