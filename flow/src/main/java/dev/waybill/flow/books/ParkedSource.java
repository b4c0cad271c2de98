package dev.waybill.flow.books;

import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.Ledger;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceIdentity;
import dev.waybill.spi.SourceProvider;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// The records that a live run parked, out of the ledger: a source like a file of JSON Lines.
final class ParkedSource implements Source {

  private static final Reason DELETION =
      Reason.of("deletion", "a deletion is not sent again by itself: delete the record by hand");

  private final String location;
  private final String flow;
  private final Stream<ItemRecord> rows;
  private final Iterator<ItemRecord> iterator;
  private long bytesRead;

  private ParkedSource(String location, String flow, Stream<ItemRecord> rows) {
    this.location = location;
    this.flow = flow;
    this.rows = rows;
    this.iterator = rows.iterator();
  }

  /// The records of runs in this ledger.
  record Provider(Ledger ledger) implements SourceProvider {

    /// What stands before the run's id.
    static final String SCHEME = "parked:";

    @Override
    public String name() {
      return "parked";
    }

    @Override
    public String summary() {
      return "what a live run parked, out of the ledger: parked:RUN";
    }

    @Override
    public boolean recognizes(String location) {
      return location.startsWith(SCHEME);
    }

    @Override
    public List<Option> options() {
      return List.of();
    }

    @Override
    public Source open(List<String> locations, Options options) {
      String location = locations.getFirst();
      String run = location.substring(SCHEME.length());
      return new ParkedSource(
          location,
          ledger.find(run).header().flow(),
          ledger.items(run, EnumSet.complementOf(EnumSet.of(Disposition.DELIVERED))));
    }
  }

  @Override
  public FieldNames columns() {
    return FieldNames.of();
  }

  @Override
  public ByteSlice preamble() {
    return ByteSlice.EMPTY;
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    if (!iterator.hasNext()) {
      return false;
    }
    ItemRecord row = iterator.next();
    ByteSlice kept = row.bytes() == null ? ByteSlice.EMPTY : row.bytes();
    bytesRead += kept.length();
    Fields fields = fields(kept);
    if (fields == null) {
      // It could not be read then either.
      intake.refuse(item(row, Fields.of(FieldNames.of()), kept), row.reason());
      return true;
    }
    ByteSlice line = ByteSlice.utf8(Json.text(fields) + "\n");
    int mark = DeletionMark.in(fields.names());
    if (mark < 0) {
      intake.accept(item(row, fields, line));
    } else if (DeletionMark.isSet(fields, mark)) {
      intake.refuse(item(row, fields, line), DELETION);
    } else {
      intake.accept(item(row, DeletionMark.without(fields, mark), line));
    }
    return true;
  }

  private static @Nullable Fields fields(ByteSlice kept) {
    try {
      return Json.read(kept.toByteArray()) instanceof Fields fields ? fields : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  /// As a line of its own, whatever line ends the record had inside.
  private Item<Fields> item(ItemRecord row, Fields fields, ByteSlice line) {
    return new Item<>(
        row.ordinal(), row.key(), fields, new Origin(location, 0, row.ordinal(), line));
  }

  @Override
  public String name() {
    return flow;
  }

  /// More may be parked meanwhile, so it is known by its run alone.
  @Override
  public SourceIdentity identity() {
    return new SourceIdentity(List.of(new SourceIdentity.Part(location, 0, "")));
  }

  /// What is wanted is found by its ordinal; nothing is gained by going there first.
  @Override
  public void skipTo(Checkpoint checkpoint) {}

  @Override
  public long bytesRead() {
    return bytesRead;
  }

  @Override
  public long totalBytes() {
    return -1;
  }

  @Override
  public void close() {
    rows.close();
  }
}
