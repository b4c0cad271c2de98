package dev.waybill.bench;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.delivery.Policy;
import dev.waybill.files.CsvProvider;
import dev.waybill.files.RunFiles;
import dev.waybill.http.HttpProvider;
import dev.waybill.ledger.RunHeader;
import dev.waybill.mapping.Mapping;
import dev.waybill.mapping.MappingArguments;
import dev.waybill.mapping.MappingSpec;
import dev.waybill.run.Report;
import dev.waybill.run.Run;
import dev.waybill.run.SettlementSink;
import dev.waybill.run.Supply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Options;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A run put together from the parts that `waybill load` takes, and with its defaults, but for the
/// size of the batches.
final class FullRun {

  static final int BATCH = 500;

  private FullRun() {}

  static Source open(Path csv) {
    var provider = new CsvProvider();
    return provider.open(List.of(csv.toString()), Options.of("csv", provider.options(), Map.of()));
  }

  static Destination<Fields> open(URI api, Source source) {
    var provider = new HttpProvider();
    return provider.open(
        api.toString(),
        Options.of("http", provider.options(), Map.of()),
        new Delivery(source.columns(), List.of(), List.of()));
  }

  static Run<Fields> of(
      String name,
      Source source,
      MappingSpec spec,
      Destination<Fields> destination,
      RunFiles files,
      Journal<Fields> journal,
      Recovery recovery) {
    Mapping mapping = Mapping.compile(spec, source.columns());
    Policy policy = Policy.forTraits(destination.traits()).batchItems(BATCH).build();
    return new Run<>(
        name,
        new Mapped(source, mapping),
        destination,
        policy,
        new Sink(files),
        journal,
        recovery,
        item -> false);
  }

  /// What the ledger is told of such a run before it begins.
  static RunHeader header(String name, Path csv, URI api, SourceIdentity identity) {
    return new RunHeader(
        name,
        null,
        "bench",
        Instant.now(),
        identity,
        csv.toString(),
        api.toString(),
        "",
        "",
        List.of("email"));
  }

  /// Delivers a file, and makes sure that all of it was delivered.
  ///
  /// @param out where its files go
  /// @param key the column that names a record, as with `--key`; null for none
  static void deliver(
      String name, Path csv, URI api, Path out, @Nullable String key, Journal<Fields> journal) {
    MappingSpec spec = key == null ? MappingSpec.IDENTITY : new MappingArguments().key(key).spec();
    try (Source source = open(csv);
        Destination<Fields> destination = open(api, source);
        RunFiles files = RunFiles.create(out, source, key, Instant.now())) {
      Report report =
          of(name, source, spec, destination, files, journal, Recovery.none()).execute();
      if (!report.allDelivered()) {
        throw new IllegalStateException(report.toString());
      }
    }
  }

  /// Reads and maps. The mapping is set up once, so whoever takes the records changes behind it.
  private static final class Mapped implements Supply<Fields>, Intake<Fields> {

    private final Source source;
    private final Intake<Fields> mapping;
    private Intake<Fields> taker = this;

    Mapped(Source source, Mapping mapping) {
      this.source = source;
      this.mapping = mapping.over(this);
    }

    @Override
    public boolean next(Intake<Fields> intake) {
      taker = intake;
      return source.next(mapping);
    }

    @Override
    public void accept(Item<Fields> item) {
      taker.accept(item);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      taker.refuse(item, reason);
    }
  }

  private record Sink(RunFiles files) implements SettlementSink<Fields> {

    @Override
    public void settled(Settlement<Fields> settlement) {
      files.settled(settlement);
    }

    @Override
    public void flush() {
      files.flush();
    }

    @Override
    public Map<String, Long> lengths() {
      RunFiles.Mark mark = files.mark();
      var lengths = new LinkedHashMap<String, Long>();
      for (RunFiles.Extent file : List.of(mark.success(), mark.fail(), mark.retry())) {
        lengths.put(file.path().toString(), file.length());
      }
      return lengths;
    }
  }
}
