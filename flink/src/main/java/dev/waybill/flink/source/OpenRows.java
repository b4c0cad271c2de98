package dev.waybill.flink.source;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.files.FileSource;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.launch.Wanted;
import dev.waybill.flow.place.ReceiptLines;
import dev.waybill.mapping.Mapping;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Source;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;

/// Reads a split's records, mapped. A record's ordinal is its number in its file, on top of a range
/// of numbers for each file; so it is the same whenever and by whomever the file is read, and the
/// idempotency key with it.
final class OpenRows implements AutoCloseable, Intake<Fields> {

  private final Source source;
  private final Intake<Fields> mapped;
  private final Wanted wanted;
  private final long base;
  private long last;
  private long done;
  private boolean byOffset;
  private long digest;
  private @Nullable Parcel<Fields> taken;

  private OpenRows(Job job, Source source, Wanted wanted, long base) {
    this.source = source;
    this.mapped = Mapping.compile(job.mappingSpec(), source.columns()).over(this);
    this.wanted = wanted;
    this.base = base;
  }

  static OpenRows open(Job job, JobSplit.Rows split) {
    Source source = JobText.open(job, List.of(job.files().get(split.file())));
    var rows =
        new OpenRows(
            job,
            source,
            Wanted.range(1, Long.MAX_VALUE),
            (long) split.file() << ReceiptLines.FILE_SHIFT);
    if (source instanceof FileSource file) {
      if (split.from() != null) {
        file.resumeAt(split.from());
      }
      file.readUpTo(split.end());
    }
    return rows;
  }

  static OpenRows open(Job job, JobSplit.Held split) {
    LiveSourceProvider live = JobText.live(job).orElseThrow();
    Source source = live.open(job.files().getFirst(), JobText.options(live, job), split.backlog());
    var rows =
        new OpenRows(
            job,
            source,
            Wanted.range(1, Long.MAX_VALUE),
            (long) split.index() << ReceiptLines.FILE_SHIFT);
    rows.done = split.backlog().from();
    rows.byOffset = true;
    return rows;
  }

  static OpenRows open(Job job, JobSplit.Whole split) {
    Source source = JobText.open(job, job.files());
    var rows = new OpenRows(job, source, Wanted.range(job.startAt(), job.limit()), 0);
    if (source instanceof FileSource file && split.from() != null) {
      file.resumeAt(split.from());
    } else {
      rows.skip(split);
    }
    return rows;
  }

  /// Goes on behind what was read before, if that is still what it was: a database may have changed
  /// since, and nothing else says which of its rows were read.
  private void skip(JobSplit.Whole split) {
    while (done < split.done()) {
      if (next() == null) {
        break;
      }
    }
    if (done != split.done() || digest != split.digest()) {
      throw new SuppressRestartsException(
          new UserException(
              "After a failure the source was read again, and its first %,d records are not what they were: order the query by its key, or run the job again when nobody writes to the table."
                  .formatted(split.done())));
    }
  }

  /// The next record; null if there is none.
  Found.@Nullable Record next() {
    taken = null;
    while (taken == null) {
      if (last >= wanted.last() || !source.next(mapped)) {
        return null;
      }
    }
    // The offset behind an item's is its ordinal.
    done = byOffset ? last : done + 1;
    return new Found.Record(
        taken,
        new Found.Mark(source instanceof FileSource file ? file.position() : null, done, digest));
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
    last = item.ordinal();
    if (!(source instanceof FileSource)) {
      int hash =
          item.origin() == null ? item.payload().hashCode() : item.origin().bytes().hashCode();
      digest = digest * 0x9e3779b97f4a7c15L + hash;
    }
    if (wanted.has(last)) {
      taken = new Parcel<>(item.at(base + last), refusal);
    }
  }

  @Override
  public void close() {
    source.close();
  }
}
