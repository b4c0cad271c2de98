package dev.waybill.flink.job;

import dev.waybill.Fields;
import dev.waybill.Receipt;
import dev.waybill.flink.Waybill;
import dev.waybill.flink.WhenGivenUp;
import dev.waybill.flink.receipts.ReceiptFiles;
import dev.waybill.flink.source.JobSource;
import dev.waybill.flink.source.JobText;
import dev.waybill.flink.wire.Parcel;
import dev.waybill.flink.wire.ValueType;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Launch;
import dev.waybill.flow.place.ReceiptLines;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// Makes a Flink job of a job: files, mapping, delivery, files of receipts.
final class JobPipeline {

  /// Where neither job nor cluster says how often: what is lost by a failure is sent again.
  private static final Duration CHECKPOINTS = Duration.ofSeconds(10);

  /// With fewer pieces some subtasks would be without work at the end, so their records are spread.
  private static final long PIECES_EACH = 4;

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
    DataStream<Parcel<Fields>> parcels =
        environment
            .fromSource(new JobSource(text), WatermarkStrategy.noWatermarks(), "source")
            .uid("waybill-source");
    int parallelism = environment.getParallelism();
    if (JobSource.pieces(job, parallelism) < PIECES_EACH * parallelism) {
      parcels = parcels.rebalance();
    }
    Waybill<Fields> waybill =
        Waybill.named(id, () -> Launch.destination(text.job(), JobText.connectors()))
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
