package dev.waybill.flink.job;

import dev.waybill.Fields;
import dev.waybill.Receipt;
import dev.waybill.flink.Waybill;
import dev.waybill.flink.WhenGivenUp;
import dev.waybill.flink.receipts.ReceiptFiles;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.place.ReceiptLines;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.enumerate.NonSplittingRecursiveEnumerator;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// Makes a Flink job of a job: files, mapping, delivery, files of receipts.
final class JobPipeline {

  /// Where neither job nor cluster says how often: what is lost by a failure is sent again.
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  /// The folder of the receipts that go into the ledger.
  static final String RECEIPTS = "receipts";

  private JobPipeline() {}

  /// Adds a job to an environment.
  ///
  /// @param id the run's, in idempotency keys too
  /// @param text the job, whose files are single ones with absolute paths
  /// @param extension of the job's format
  /// @param out the folder for receipts
  static void build(
      StreamExecutionEnvironment environment,
      String id,
      JobText text,
      String extension,
      String out) {
    if (!environment.getCheckpointConfig().isCheckpointingEnabled()) {
      environment.enableCheckpointing(CHECKPOINTS.toMillis());
    }
    Job job = text.job();
    Path[] files = job.files().stream().map(Path::new).toArray(Path[]::new);
    var format = new JobFormat(text, job.files());
    DataStream<Parcel<Fields>> parcels =
        environment
            .fromSource(
                FileSource.forBulkFileFormat(format, files)
                    .setFileEnumerator(NonSplittingRecursiveEnumerator::new)
                    .build(),
                WatermarkStrategy.noWatermarks(),
                "files")
            .uid("waybill-source");
    if (files.length < environment.getParallelism()) {
      parcels = parcels.rebalance();
    }
    Waybill<Fields> waybill =
        Waybill.named(id, () -> Launch.destination(text.job(), Connectors.found()))
            .policyOf(traits -> text.job().policy(traits))
            .whenGivenUp(WhenGivenUp.ACCOUNT);
    DataStream<Receipt<Fields>> receipts =
        (job.keepsOrder() ? waybill.keepingOrder() : waybill)
            .deliverParcels(parcels, ValueType.FIELDS)
            .name("deliver to " + Masked.address(job.to()));
    ReceiptFiles.write(receipts, out, new JobRows(text, extension));
    receipts
        .sinkTo(ReceiptFiles.sink(out + "/" + RECEIPTS, RECEIPTS, "jsonl", ReceiptLines::write))
        .name("receipts for the ledger")
        .uid("waybill-receipts");
  }
}
