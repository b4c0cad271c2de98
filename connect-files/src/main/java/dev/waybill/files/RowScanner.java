package dev.waybill.files;

/// Finds the end of a row in bytes. The results stay until the next scan.
interface RowScanner {

  /// Scans the row that begins at `from`.
  ///
  /// @param bytes with [CsvScanner#SLACK] bytes behind `limit`
  /// @param last whether the file ends at `limit`
  CsvScanner.Outcome scan(byte[] bytes, int from, int limit, boolean last);

  /// The index behind the row, its line end included.
  int end();

  /// How many lines ended in the row.
  int lineEnds();

  /// Whether the row is an empty line, which is no record.
  boolean isBlank();

  /// Whether this byte ends a line.
  ///
  /// @param next the one behind it
  boolean endsLine(int b, int next);
}
