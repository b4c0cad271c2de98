package dev.waybill.server.work;

import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.flow.books.StoredJob;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.ledger.ItemQuery;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.RunRecord;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.work.Works.Row;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads single records of a run's source once more.
final class SourceRows {

  /// A record so near behind another one is reached by reading on.
  private static final long NEAR = 5_000;

  /// So many are read at once; each may need the source to be opened.
  private static final int MOST = 100;

  private final Catalog catalog;
  private final Ledger ledger;
  private final Connectors connectors;
  private final Jobs jobs;

  SourceRows(Catalog catalog, Ledger ledger, Connectors connectors, Jobs jobs) {
    this.catalog = catalog;
    this.ledger = ledger;
    this.connectors = connectors;
    this.jobs = jobs;
  }

  List<Row> of(FlowRun run, List<Long> ordinals) {
    Optional<RunRecord> record = ledger.run(run.id());
    Optional<Flow> flow = catalog.flow(run.tenant(), run.flowId());
    if (record.isEmpty() || flow.isEmpty() || !record.get().header().identity().canBeReadAgain()) {
      return List.of();
    }
    var found = new ArrayList<Row>();
    try (var reading = new Reading(record.get(), flow.get())) {
      for (long ordinal : ordinals.stream().sorted().distinct().limit(MOST).toList()) {
        reading.row(ordinal).ifPresent(found::add);
      }
    } catch (UserException e) {
      // The source is not there any more, or has changed: then there is nothing to show.
      return List.copyOf(found);
    }
    return found;
  }

  private final class Reading implements AutoCloseable, Intake<Fields> {

    private final RunRecord record;
    private final Flow flow;
    private @Nullable Source source;
    private long at;
    private @Nullable Item<Fields> last;

    Reading(RunRecord record, Flow flow) {
      this.record = record;
      this.flow = flow;
    }

    Optional<Row> row(long ordinal) {
      Source from = source;
      if (from == null || ordinal > at + NEAR) {
        from = openAt(ordinal);
      }
      while (at < ordinal && from.next(this)) {
        // The intake keeps the last one.
      }
      Item<Fields> item = last;
      return item == null || item.ordinal() != ordinal
          ? Optional.empty()
          : Optional.of(SourceRows.row(item, from.columns()));
    }

    private Source openAt(long ordinal) {
      close();
      Job job = StoredJob.read(record.id(), record.header().job()).here();
      SourceProvider provider = connectors.source(job.format(), job.files());
      Source opened =
          provider.open(
              job.files(),
              Options.of(
                  provider.name(), provider.options(), job.sourceOptions(), jobs.permits(flow)));
      source = opened;
      record
          .header()
          .identity()
          .difference(opened.identity())
          .ifPresent(
              difference -> {
                throw new UserException(difference);
              });
      at = 0;
      Checkpoint place = place(ordinal);
      if (place != null) {
        opened.skipTo(place);
        at = ordinal - 1;
      }
      return opened;
    }

    private @Nullable Checkpoint place(long ordinal) {
      var query = new ItemQuery(EnumSet.allOf(Disposition.class), null, null, ordinal - 1, 1);
      return ledger.page(record.id(), query).items().stream()
          .filter(item -> item.ordinal() == ordinal)
          .map(ItemRecord::place)
          .filter(one -> one != null)
          .findFirst()
          .map(one -> new Checkpoint(ordinal, one.file(), one.line(), one.offset()))
          .orElse(null);
    }

    @Override
    public void accept(Item<Fields> item) {
      at = item.ordinal();
      last = item;
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      accept(item);
    }

    @Override
    public void close() {
      if (source != null) {
        source.close();
        source = null;
      }
    }
  }

  private static Row row(Item<Fields> item, FieldNames columns) {
    Fields fields = item.payload();
    List<String> names = columns.size() == 0 ? fields.names().asList() : columns.asList();
    return new Row(
        item.ordinal(), names, names.stream().map(name -> text(fields.get(name))).toList());
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case String text -> text;
      default -> Json.text(value);
    };
  }
}
