package dev.waybill.flink.job;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.place.ReceiptLines;
import dev.waybill.mapping.Mapping;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.connector.file.src.util.IteratorResultIterator;
import org.jspecify.annotations.Nullable;

/// Reads a job's files for Flink, each as a whole, by the source that reads them on one machine.
///
/// A record's ordinal is its number in its file, on top of a range of numbers for each file; so it
/// is the same whenever the file is read, and the idempotency key with it.
final class JobFormat implements BulkFormat<Parcel<Fields>, FileSourceSplit> {

  private static final long serialVersionUID = 1;

  private static final int PORTION = 256;

  private final JobText text;
  private final List<String> files;

  /// @param files all of the job's, in order, as Flink names them
  JobFormat(JobText text, List<String> files) {
    this.text = text;
    this.files = files;
  }

  @Override
  public BulkFormat.Reader<Parcel<Fields>> createReader(
      Configuration config, FileSourceSplit split) {
    return new FileReader(split.path().getPath(), 0);
  }

  @Override
  public BulkFormat.Reader<Parcel<Fields>> restoreReader(
      Configuration config, FileSourceSplit split) {
    long done =
        split.getReaderPosition().map(CheckpointedPosition::getRecordsAfterOffset).orElse(0L);
    return new FileReader(split.path().getPath(), done);
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<Parcel<Fields>> getProducedType() {
    return ValueType.parcels(ValueType.FIELDS);
  }

  private final class FileReader implements BulkFormat.Reader<Parcel<Fields>>, Intake<Fields> {

    private final Source source;
    private final Intake<Fields> mapped;
    private final long base;
    private final long first;
    private final long last;
    private ArrayList<Parcel<Fields>> portion = new ArrayList<>();
    private long read;
    private long lastSeen;

    /// @param done records of it that were handed out before
    FileReader(String file, long done) {
      Job job = text.job();
      SourceProvider provider = Connectors.found().source(job.format(), job.files());
      this.source =
          provider.open(
              List.of(file), Options.of(provider.name(), provider.options(), job.sourceOptions()));
      this.mapped = Mapping.compile(job.mappingSpec(), source.columns()).over(this);
      this.base = (long) Math.max(0, files.indexOf(file)) << ReceiptLines.FILE_SHIFT;
      this.first = job.startAt();
      this.last = job.limit() == Long.MAX_VALUE ? Long.MAX_VALUE : first + job.limit() - 1;
      skip(done);
    }

    private void skip(long done) {
      var nowhere = new Nowhere();
      for (read = 0; read < done; ) {
        if (!source.next(nowhere)) {
          return;
        }
        read += isWanted(nowhere.ordinal) ? 1 : 0;
      }
    }

    private boolean isWanted(long ordinal) {
      return ordinal >= first && ordinal <= last;
    }

    @Override
    public BulkFormat.@Nullable RecordIterator<Parcel<Fields>> readBatch() {
      portion = new ArrayList<>(PORTION);
      while (portion.size() < PORTION && lastSeen < last && source.next(mapped)) {
        // the intake does the rest
      }
      if (portion.isEmpty()) {
        return null;
      }
      long before = read;
      read += portion.size();
      return new IteratorResultIterator<>(
          portion.iterator(), CheckpointedPosition.NO_OFFSET, before);
    }

    @Override
    public void accept(Item<Fields> item) {
      take(item, null);
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      take(item, reason);
    }

    private void take(Item<Fields> item, @Nullable Reason refusal) {
      lastSeen = item.ordinal();
      if (isWanted(lastSeen)) {
        portion.add(new Parcel<>(item.at(base + lastSeen), refusal));
      }
    }

    @Override
    public void close() {
      source.close();
    }
  }

  private static final class Nowhere implements Intake<Fields> {

    private long ordinal;

    @Override
    public void accept(Item<Fields> item) {
      ordinal = item.ordinal();
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      ordinal = item.ordinal();
    }
  }
}
