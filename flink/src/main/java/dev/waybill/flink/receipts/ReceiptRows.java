package dev.waybill.flink.receipts;

import dev.waybill.Receipt;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Serializable;

/// The form of the files into which receipts are written.
public interface ReceiptRows<T> extends Serializable {

  /// The ending of such a file's name, without the dot.
  String extension(ReceiptKind kind);

  /// What stands before the first row.
  void head(ReceiptKind kind, OutputStream out) throws IOException;

  /// A row, with its end.
  void row(ReceiptKind kind, Receipt<T> receipt, OutputStream out) throws IOException;
}
