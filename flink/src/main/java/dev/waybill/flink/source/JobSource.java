package dev.waybill.flink.source;

import dev.waybill.Fields;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.flow.job.Job;
import java.io.File;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/// What a job reads, as a source of Flink: its records with the ordinals that one reader would give
/// them, and those that can not be read with the reason.
public final class JobSource
    implements Source<Parcel<Fields>, JobSplit, Progress>, ResultTypeQueryable<Parcel<Fields>> {

  private static final long serialVersionUID = 1;

  /// Less is read faster than handed out; more makes readers wait for each other at the end.
  private static final long LEAST_PART = 1L << 20;

  private static final long GREATEST_PART = 64L << 20;

  /// Parts for each reader, so that one that is slow holds up little.
  private static final int PARTS_EACH = 8;

  private final JobText text;

  /// @param text the job, whose files are named one by one
  public JobSource(JobText text) {
    this.text = text;
  }

  /// Whether the order or the number of records says which are wanted, or whether it is a database,
  /// of whose moment no second reader knows.
  static boolean needsOneReader(Job job) {
    if (job.startAt() > 1 || job.limit() < Long.MAX_VALUE) {
      return true;
    }
    // The records of a key lie in one partition, which one reader reads.
    return JobText.live(job).isEmpty() && (job.keepsOrder() || !JobText.readsFiles(job));
  }

  /// Into how many pieces the job falls for so many readers, about.
  public static long pieces(Job job, int readers) {
    if (needsOneReader(job) || JobText.live(job).isPresent()) {
      return 1;
    }
    long partBytes = partBytes(job, readers);
    return job.files().stream()
        .mapToLong(file -> Math.max(1, new File(file).length() / partBytes))
        .sum();
  }

  private static long partBytes(Job job, int readers) {
    long bytes = job.files().stream().mapToLong(file -> new File(file).length()).sum();
    return Math.clamp(bytes / ((long) PARTS_EACH * readers), LEAST_PART, GREATEST_PART);
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.BOUNDED;
  }

  @Override
  public SplitEnumerator<JobSplit, Progress> createEnumerator(
      SplitEnumeratorContext<JobSplit> context) {
    long partBytes = partBytes(text.job(), context.currentParallelism());
    return new JobEnumerator(context, text, new Progress(partBytes, 0, List.of(), List.of()));
  }

  @Override
  public SplitEnumerator<JobSplit, Progress> restoreEnumerator(
      SplitEnumeratorContext<JobSplit> context, Progress progress) {
    return new JobEnumerator(context, text, progress);
  }

  @Override
  public SourceReader<Parcel<Fields>, JobSplit> createReader(SourceReaderContext context) {
    return new JobSourceReader(text, context);
  }

  @Override
  public SimpleVersionedSerializer<JobSplit> getSplitSerializer() {
    return new SplitSerializer();
  }

  @Override
  public SimpleVersionedSerializer<Progress> getEnumeratorCheckpointSerializer() {
    return new ProgressSerializer();
  }

  @Override
  public TypeInformation<Parcel<Fields>> getProducedType() {
    return ValueType.parcels(ValueType.FIELDS);
  }
}
