package dev.waybill.flink.job;

import dev.waybill.Fields;
import dev.waybill.Receipt;
import dev.waybill.files.RunRows;
import dev.waybill.flink.receipts.ReceiptKind;
import dev.waybill.flink.receipts.ReceiptRows;
import dev.waybill.flink.source.JobText;
import dev.waybill.flow.job.Job;
import dev.waybill.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Receipts in the format of the job's files, byte for byte, so that `retry` files can be loaded as
/// they are.
final class JobRows implements ReceiptRows<Fields> {

  private static final long serialVersionUID = 1;

  private final JobText text;
  private final String extension;
  private transient @Nullable RunRows rows;

  JobRows(JobText text, String extension) {
    this.text = text;
    this.extension = extension;
  }

  @Override
  public String extension(ReceiptKind kind) {
    return kind == ReceiptKind.SUCCESS ? "csv" : extension;
  }

  @Override
  public void head(ReceiptKind kind, OutputStream out) throws IOException {
    switch (kind) {
      case SUCCESS -> rows().successHead(out);
      case FAIL -> rows().failHead(out);
      case RETRY -> rows().retryHead(out);
    }
  }

  @Override
  public void row(ReceiptKind kind, Receipt<Fields> receipt, OutputStream out) throws IOException {
    switch (kind) {
      case SUCCESS -> rows().success(out, receipt.item(), receipt.id());
      case FAIL -> rows().fail(out, receipt.item(), receipt.reason());
      case RETRY -> rows().retry(out, receipt.item());
    }
  }

  private RunRows rows() {
    if (rows == null) {
      Job job = text.job();
      List<String> key = job.mappingSpec().key();
      rows = rows(job, key.size() == 1 ? key.getFirst() : null);
    }
    return rows;
  }

  private static RunRows rows(Job job, @Nullable String key) {
    if (!JobText.readsFiles(job)) {
      return RunRows.jsonLines(key);
    }
    try (Source source = JobText.open(job, job.files())) {
      return RunRows.of(source, key);
    }
  }
}
