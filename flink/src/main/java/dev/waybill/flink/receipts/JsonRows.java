package dev.waybill.flink.receipts;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.json.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// JSON Lines: in `retry` each record as it was given, so that the file can be loaded; in `success`
/// and `fail` with what is known of it.
public final class JsonRows implements ReceiptRows<Fields> {

  private static final long serialVersionUID = 1;

  private static final FieldNames SUCCESS = FieldNames.of("key", "id", "record");
  private static final FieldNames FAIL = FieldNames.of("key", "error", "code", "record");

  @Override
  public String extension(ReceiptKind kind) {
    return "jsonl";
  }

  @Override
  public void head(ReceiptKind kind, OutputStream out) {}

  @Override
  public void row(ReceiptKind kind, Receipt<Fields> receipt, OutputStream out) throws IOException {
    Item<Fields> item = receipt.item();
    Fields row =
        switch (kind) {
          case SUCCESS -> Fields.of(SUCCESS, item.key(), receipt.id(), item.payload());
          case FAIL -> {
            Reason reason = receipt.reason();
            yield Fields.of(
                FAIL,
                item.key(),
                reason == null ? null : reason.message(),
                reason == null ? null : reason.code(),
                item.payload());
          }
          case RETRY -> item.payload();
        };
    out.write(Json.text(row).getBytes(StandardCharsets.UTF_8));
    out.write('\n');
  }
}
