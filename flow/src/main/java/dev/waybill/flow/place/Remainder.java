package dev.waybill.flow.place;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.Spans;
import dev.waybill.files.FileSource;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.launch.Wanted;
import dev.waybill.mapping.Mapping;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// What a job that ended before its time left without a receipt. It may have been sent after the
/// last receipts were written, so it is unknown.
public final class Remainder {

  private static final Reason REASON =
      Reason.of(
          "no-receipt", "the job ended before the record had a receipt; it may have been sent");

  private static final int PORTION = 1_000;

  private Remainder() {}

  /// Reads the job's source, and hands out the receipts that there are, and then those of all other
  /// records.
  ///
  /// @param receipts the folder with the files of receipts
  /// @return how many records had none
  /// @throws dev.waybill.UserException if the source or the receipts can not be read
  public static long account(Job job, Path receipts, Consumer<Settlement<Fields>> taker) {
    var settled = new Spans();
    ReceiptLines.read(
        receipts,
        counts(job),
        settlement -> {
          settlement.items().forEach(item -> settled.add(item.ordinal(), item.ordinal()));
          taker.accept(settlement);
        });
    var rest = new Rest(settled, Wanted.range(job.startAt(), job.limit()), taker);
    read(job, rest);
    rest.hand();
    return rest.count;
  }

  private static List<Long> counts(Job job) {
    var byFile = new LinkedHashMap<String, Long>();
    try (Source source = Launch.source(job, Connectors.found())) {
      if (source instanceof FileSource several) {
        several.files().forEach(file -> byFile.put(file, 0L));
      }
      var counting = new Counting(byFile);
      while (source.next(counting)) {
        // the intake does the rest
      }
    }
    return List.copyOf(byFile.values());
  }

  private static void read(Job job, Intake<Fields> intake) {
    try (Source source = Launch.source(job, Connectors.found())) {
      Intake<Fields> mapped = Mapping.compile(job.mappingSpec(), source.columns()).over(intake);
      while (source.next(mapped)) {
        // the intake does the rest
      }
    }
  }

  private record Counting(Map<String, Long> byFile) implements Intake<Fields> {

    @Override
    public void accept(Item<Fields> item) {
      if (item.origin() != null) {
        byFile.merge(item.origin().file(), 1L, Long::sum);
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      accept(item);
    }
  }

  private static final class Rest implements Intake<Fields> {

    private final Spans settled;
    private final Wanted wanted;
    private final Consumer<Settlement<Fields>> taker;
    private final List<Item<Fields>> portion = new ArrayList<>();
    private long count;

    Rest(Spans settled, Wanted wanted, Consumer<Settlement<Fields>> taker) {
      this.settled = settled;
      this.wanted = wanted;
      this.taker = taker;
    }

    @Override
    public void accept(Item<Fields> item) {
      if (wanted.has(item.ordinal()) && !settled.contains(item.ordinal())) {
        portion.add(item);
        if (portion.size() == PORTION) {
          hand();
        }
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      accept(item);
    }

    private void hand() {
      if (!portion.isEmpty()) {
        count += portion.size();
        taker.accept(
            new Settlement<>(
                0, List.copyOf(portion), Disposition.UNKNOWN, REASON, 0, Collections.emptyList()));
        portion.clear();
      }
    }
  }
}
