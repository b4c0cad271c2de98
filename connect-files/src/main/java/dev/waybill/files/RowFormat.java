package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// How records of an input stand in `fail` and `retry` files, so that these can be loaded as they
/// are, and a `fail` file can be corrected.
sealed interface RowFormat permits CsvRowFormat, JsonRowFormat {

  /// What stands before the first row of a `retry` file.
  void retryHead(OutputStream out) throws IOException;

  /// What stands before the first row of a `fail` file.
  void failHead(OutputStream out) throws IOException;

  /// A row of a `fail` file: what is known of a record, and the record.
  ///
  /// @param batch the batch that carried it; 0 if none did
  /// @param line where it stands in the input; behind the file's name if there are several
  /// @param row its source bytes
  void failRow(
      OutputStream out, long batch, String line, @Nullable String key, String error, ByteSlice row)
      throws IOException;

  /// What ends a line of the input.
  byte[] lineEnd();

  /// The format of a source's records; JSON Lines for those that read no files.
  ///
  /// @throws IllegalArgumentException if its records have another form
  static RowFormat of(Source source) {
    if (source instanceof CsvSource csv) {
      return new CsvRowFormat(csv.header(), csv.dialect());
    }
    if (source.extension().equals("jsonl")) {
      return new JsonRowFormat(source.preamble());
    }
    throw new IllegalArgumentException(source.getClass().getName() + " has a form of its own");
  }
}
