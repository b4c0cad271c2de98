package dev.waybill.flink.source;

import dev.waybill.UserException;
import dev.waybill.files.Division;
import dev.waybill.files.FileSource;
import dev.waybill.flow.job.Job;
import dev.waybill.spi.Source;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.flink.connector.base.source.reader.RecordsBySplits;
import org.apache.flink.connector.base.source.reader.RecordsWithSplitIds;
import org.apache.flink.connector.base.source.reader.splitreader.SplitReader;
import org.apache.flink.connector.base.source.reader.splitreader.SplitsChange;
import org.jspecify.annotations.Nullable;

/// Does the splits of a subtask one after the other, on a thread of its own.
final class JobSplitReader implements SplitReader<Found, JobSplit> {

  private static final int PORTION = 256;

  private final Job job;
  private final Queue<JobSplit> splits = new ArrayDeque<>();
  private @Nullable JobSplit split;
  private @Nullable OpenRows rows;

  JobSplitReader(JobText text) {
    this.job = text.job();
  }

  @Override
  public RecordsWithSplitIds<Found> fetch() {
    var found = new RecordsBySplits.Builder<Found>();
    if (split == null) {
      split = splits.poll();
    }
    switch (split) {
      case null -> {}
      case JobSplit.Part part -> {
        found.add(part.splitId(), survey(part));
        finish(found, part);
      }
      case JobSplit.Rows some -> read(found, some, rows == null ? OpenRows.open(job, some) : rows);
      case JobSplit.Held held -> read(found, held, rows == null ? OpenRows.open(job, held) : rows);
      case JobSplit.Whole all -> read(found, all, rows == null ? OpenRows.open(job, all) : rows);
    }
    return found.build();
  }

  private Found survey(JobSplit.Part part) {
    String file = job.files().get(part.file());
    try (Source source = JobText.open(job, List.of(file))) {
      Division division = null;
      if (source instanceof FileSource plain) {
        division = plain.divided(part.partBytes()).orElse(null);
      }
      if (division == null) {
        throw new UserException(file + " has changed while it was read: run the job again.");
      }
      return new Found.Surveyed(part.file(), division.survey(part.part()));
    }
  }

  private void read(RecordsBySplits.Builder<Found> found, JobSplit from, OpenRows open) {
    rows = open;
    for (int i = 0; i < PORTION; i++) {
      Found record = open.next();
      if (record == null) {
        finish(found, from);
        return;
      }
      found.add(from.splitId(), record);
    }
  }

  private void finish(RecordsBySplits.Builder<Found> found, JobSplit done) {
    found.addFinishedSplit(done.splitId());
    close();
    split = null;
  }

  @Override
  public void handleSplitsChanges(SplitsChange<JobSplit> change) {
    splits.addAll(change.splits());
  }

  /// A portion is read at once, so there is nothing to be woken from.
  @Override
  public void wakeUp() {}

  @Override
  public void close() {
    if (rows != null) {
      rows.close();
      rows = null;
    }
  }
}
