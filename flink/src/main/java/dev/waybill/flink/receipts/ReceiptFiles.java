package dev.waybill.flink.receipts;

import dev.waybill.Receipt;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.BulkWriter;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.filesystem.OutputFileConfig;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.BasePathBucketAssigner;

/// Writes receipts into the folders `success`, `fail` and `retry`. Each file is whole, with its
/// head, and appears when a checkpoint is complete: together they have each record once.
public final class ReceiptFiles {

  private ReceiptFiles() {}

  /// Adds the files to a job.
  ///
  /// Delivered records are written by as many subtasks as deliver; those that were not, few as a
  /// rule, by one.
  ///
  /// @param directory of any file system that the cluster knows
  public static <T> void write(
      DataStream<Receipt<T>> receipts, String directory, ReceiptRows<T> rows) {
    for (ReceiptKind kind : ReceiptKind.values()) {
      DataStream<Receipt<T>> some =
          receipts
              .filter(receipt -> ReceiptKind.of(receipt.disposition()) == kind)
              .name(kind.folder())
              .uid("waybill-only-" + kind.folder());
      var sink =
          some.sinkTo(sink(kind, directory + "/" + kind.folder(), rows))
              .name(kind.folder() + " files")
              .uid("waybill-files-" + kind.folder());
      if (kind != ReceiptKind.SUCCESS) {
        sink.setParallelism(1);
      }
    }
  }

  private static <T> FileSink<Receipt<T>> sink(
      ReceiptKind kind, String directory, ReceiptRows<T> rows) {
    return sink(
        directory,
        kind.folder(),
        rows.extension(kind),
        out -> rows.head(kind, out),
        (receipt, out) -> rows.row(kind, receipt, out));
  }

  /// Files of all receipts, in a form of one's own.
  ///
  /// @param row writes a receipt, with its end
  public static <T> FileSink<Receipt<T>> sink(
      String directory, String prefix, String extension, Row<T> row) {
    return sink(directory, prefix, extension, out -> {}, row);
  }

  private static <T> FileSink<Receipt<T>> sink(
      String directory, String prefix, String extension, Head head, Row<T> row) {
    BulkWriter.Factory<Receipt<T>> files = out -> new RowFile<>(head, row, out);
    return FileSink.forBulkFormat(new Path(directory), files)
        .withBucketAssigner(new BasePathBucketAssigner<>())
        .withOutputFileConfig(
            OutputFileConfig.builder()
                .withPartPrefix(prefix)
                .withPartSuffix("." + extension)
                .build())
        .build();
  }

  /// Writes a receipt.
  @FunctionalInterface
  public interface Row<T> extends Serializable {
    void write(Receipt<T> receipt, OutputStream out) throws IOException;
  }

  private interface Head extends Serializable {
    void write(OutputStream out) throws IOException;
  }

  private static final class RowFile<T> implements BulkWriter<Receipt<T>> {

    private static final int BUFFER = 64 * 1024;

    private final Row<T> row;
    private final OutputStream out;

    RowFile(Head head, Row<T> row, FSDataOutputStream out) throws IOException {
      this.row = row;
      this.out = new BufferedOutputStream(out, BUFFER);
      head.write(this.out);
    }

    @Override
    public void addElement(Receipt<T> receipt) throws IOException {
      row.write(receipt, out);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }

    @Override
    public void finish() throws IOException {
      out.flush();
    }
  }
}
