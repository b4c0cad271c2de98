package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Disposition;
import dev.waybill.Span;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.ledger.RunCounts;
import dev.waybill.ledger.RunRecord;
import dev.waybill.ledger.RunStatus;
import dev.waybill.ledger.UnsentItems;
import dev.waybill.sim.SimulatorServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What a run that is over says of every record, in its ledger and in its files.
///
/// @param ledger how each record ended, by key
/// @param files in which file it stands
record Account(Map<String, Disposition> ledger, Map<String, String> files) {

  private static final Pattern KEY = Pattern.compile("\\br\\d{5}\\b");

  /// Whether sending a record twice may happen.
  enum Nature {
    IDEMPOTENT,
    NOT_IDEMPOTENT
  }

  /// Reads it, and sees that every record is accounted for once.
  static Account of(Workplace place) throws IOException {
    var account = new Account(readLedger(place), readFiles(place.out()));
    assertThat(account.ledger).as("records in the ledger").hasSize(Workplace.RECORDS);
    assertThat(account.files).as("records in the files").hasSize(Workplace.RECORDS);
    account.ledger.forEach(
        (key, end) ->
            assertThat(account.files.get(key))
                .as("%s, %s: its file", key, end)
                .isEqualTo(file(end)));
    return account;
  }

  private static String file(Disposition end) {
    return switch (end) {
      case DELIVERED -> "success";
      case REJECTED -> "fail";
      case UNKNOWN, UNPROCESSED -> "retry";
    };
  }

  private static Map<String, Disposition> readLedger(Workplace place) {
    var ends = new TreeMap<String, Disposition>();
    try (Ledger ledger = Ledgers.open(place.ledger().toString(), Durability.PROCESS)) {
      RunRecord run = ledger.find("last");
      assertThat(run.status()).isIn(RunStatus.FINISHED, RunStatus.GIVEN_UP);
      try (Stream<Span> delivered = ledger.delivered(run.id());
          Stream<UnsentItems> unsent = ledger.unsent(run.id());
          Stream<ItemRecord> items =
              ledger.items(run.id(), EnumSet.complementOf(EnumSet.of(Disposition.DELIVERED)))) {
        delivered.forEach(span -> note(ends, span, Disposition.DELIVERED));
        unsent.forEach(gap -> note(ends, gap.span(), Disposition.UNPROCESSED));
        items.forEach(
            item -> note(ends, new Span(item.ordinal(), item.ordinal()), item.disposition()));
      }
      RunCounts counts = run.counts();
      assertThat(
              Map.of(
                  Disposition.DELIVERED, counts.delivered(),
                  Disposition.REJECTED, counts.rejected(),
                  Disposition.UNKNOWN, counts.unknown(),
                  Disposition.UNPROCESSED, counts.unprocessed()))
          .as("the run's counts")
          .isEqualTo(counts(ends));
    }
    return ends;
  }

  private static void note(Map<String, Disposition> ends, Span span, Disposition end) {
    for (long ordinal = span.first(); ordinal <= span.last(); ordinal++) {
      assertThat(ends.put(Workplace.id(ordinal), end)).as("an earlier end of %s", ordinal).isNull();
    }
  }

  private static Map<Disposition, Long> counts(Map<String, Disposition> ends) {
    var counts = new EnumMap<Disposition, Long>(Disposition.class);
    EnumSet.allOf(Disposition.class).forEach(end -> counts.put(end, 0L));
    ends.values().forEach(end -> counts.merge(end, 1L, Long::sum));
    return counts;
  }

  /// Which file each record stands in, in all files of a directory.
  static Map<String, String> readFiles(Path out) throws IOException {
    var files = new TreeMap<String, String>();
    try (Stream<Path> left = Files.list(out)) {
      for (Path file : left.toList()) {
        String kind = file.getFileName().toString().replaceFirst("_.*", "");
        for (String row : Files.readAllLines(file)) {
          KEY.matcher(row)
              .results()
              .map(MatchResult::group)
              .distinct()
              .forEach(
                  key -> assertThat(files.put(key, kind)).as("other place of %s", key).isNull());
        }
      }
    }
    return files;
  }

  Map<Disposition, Long> counts() {
    return counts(ledger);
  }

  /// Holds it against what the server really has.
  Account against(SimulatorServer server, Nature nature) {
    ledger.forEach(
        (key, end) -> {
          long applied = server.count(truth -> truth.timesApplied(key));
          switch (end) {
            case DELIVERED -> assertThat(applied).as("%s, delivered", key).isPositive();
            case REJECTED -> assertThat(applied).as("%s, rejected", key).isZero();
            case UNPROCESSED -> assertThat(applied).as("%s, unprocessed", key).isZero();
            case UNKNOWN -> {}
          }
          if (nature == Nature.NOT_IDEMPOTENT) {
            assertThat(applied).as("%s, times applied", key).isLessThan(2);
          }
        });
    return this;
  }
}
