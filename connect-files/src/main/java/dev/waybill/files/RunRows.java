package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rows of the files that a run leaves, one by one, for those who write such files elsewhere
/// than [RunFiles] does: many of each on a cluster. Batches have no number there; it stands as 0.
///
/// Safe for use by one thread.
public final class RunRows {

  private final RowFormat format;
  private final @Nullable String keyName;
  private final boolean severalFiles;

  private RunRows(RowFormat format, @Nullable String keyName, boolean severalFiles) {
    this.format = format;
    this.keyName = keyName;
    this.severalFiles = severalFiles;
  }

  /// Rows in the format of this source.
  ///
  /// @param keyName as for [RunFiles#create]
  public static RunRows of(Source source, @Nullable String keyName) {
    return new RunRows(
        RowFormat.of(source),
        keyName,
        source instanceof FileSource files && files.files().size() > 1);
  }

  /// Rows for records whose bytes are lines of JSON, as those of databases are.
  ///
  /// @param keyName as for [RunFiles#create]
  public static RunRows jsonLines(@Nullable String keyName) {
    return new RunRows(new JsonRowFormat(ByteSlice.EMPTY), keyName, false);
  }

  /// What stands before the first row of a file of delivered records, which is CSV.
  public void successHead(OutputStream out) throws IOException {
    RunFiles.writeSuccessHead(out, keyName);
  }

  /// A delivered record.
  public void success(OutputStream out, Item<Fields> item, @Nullable String id) throws IOException {
    CellWriter cells = CellWriter.STANDARD;
    cells.number(out, 0);
    cells.delimiter(out);
    cells.text(out, line(item));
    cells.delimiter(out);
    cells.text(out, id);
    cells.delimiter(out);
    cells.text(out, key(item));
    out.write('\n');
  }

  /// What stands before the first row of a file of rejected records.
  public void failHead(OutputStream out) throws IOException {
    format.failHead(out);
  }

  /// A rejected record.
  public void fail(OutputStream out, Item<Fields> item, @Nullable Reason reason)
      throws IOException {
    String error = reason == null ? "" : reason.message();
    format.failRow(out, 0, line(item), key(item), error, origin(item).bytes());
  }

  /// What stands before the first row of a file of records to load again.
  public void retryHead(OutputStream out) throws IOException {
    format.retryHead(out);
  }

  /// A record to load again, with an end to its line.
  public void retry(OutputStream out, Item<Fields> item) throws IOException {
    Origin origin = origin(item);
    origin.bytes().writeTo(out);
    if (CsvRowFormat.lineEndLength(origin.bytes()) == 0) {
      out.write(format.lineEnd());
    }
  }

  private static Origin origin(Item<Fields> item) {
    return Objects.requireNonNull(item.origin(), "an item from a file has an origin");
  }

  private String line(Item<Fields> item) {
    Origin origin = origin(item);
    return severalFiles ? origin.file() + ":" + origin.line() : Long.toString(origin.line());
  }

  private @Nullable String key(Item<Fields> item) {
    return item.key() != null || keyName == null ? item.key() : item.payload().text(keyName);
  }
}
