package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Intake;
import dev.waybill.spi.SourceIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// CSV files (RFC 4180) with the same header, read as one.
///
/// A row that can not be read is refused with a reason that names its line, and the next row is
/// read. Every byte of a file stands in its header, in an empty line or in exactly one item. Memory
/// is bounded by the largest row that is allowed.
public final class CsvSource implements FileSource {

  private final FileCursor cursor;
  private final CsvDialect dialect;
  private final CsvScanner scanner;
  private final CellDecoder decoder;
  private final List<CsvHeader> headers = new ArrayList<>();
  private final OversizedRow oversized;
  private final FieldNames names;

  private CsvSource(FileCursor cursor, CsvDialect dialect) {
    this.cursor = cursor;
    this.dialect = dialect;
    this.scanner = new CsvScanner(dialect);
    this.decoder = new CellDecoder(dialect);
    this.oversized = new OversizedRow(cursor, dialect.maxRowBytes(), OversizedRow.LineEnd.CSV);
    cursor.readHeads(this::readHead);
    this.names = headers.getFirst().names();
  }

  static CsvSource open(List<InputFile> files, CsvDialect dialect, int chunkSize) {
    return new CsvSource(new FileCursor(files, chunkSize), dialect);
  }

  private void readHead(int file) {
    CsvHeader header = CsvHeader.read(cursor, dialect);
    headers.add(header);
    List<String> first = headers.getFirst().names().asList();
    List<String> here = header.names().asList();
    if (!here.equals(first)) {
      throw new UserException(
          cursor.fileNames().get(0)
              + " and "
              + cursor.fileName()
              + " have different columns: "
              + difference(first, here)
              + "; load them one by one.");
    }
  }

  private static String difference(List<String> first, List<String> here) {
    for (int i = 0; i < Math.min(first.size(), here.size()); i++) {
      if (!first.get(i).equals(here.get(i))) {
        return "column " + (i + 1) + " is '" + first.get(i) + "' and '" + here.get(i) + "'";
      }
    }
    return "the first has " + first.size() + " and the second " + here.size();
  }

  @Override
  public FieldNames columns() {
    return names;
  }

  @Override
  public ByteSlice preamble() {
    return headers.getFirst().preamble();
  }

  CsvHeader header() {
    return headers.getFirst();
  }

  CsvDialect dialect() {
    return dialect;
  }

  @Override
  public String extension() {
    return dialect.delimiter() == '\t' ? "tsv" : "csv";
  }

  @Override
  public List<String> files() {
    return cursor.fileNames();
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    while (cursor.hasByte()) {
      if (cursor.part() > 0) {
        oversized.refusePart(intake, noCells());
        return true;
      }
      if (readRow(intake)) {
        return true;
      }
    }
    return false;
  }

  /// Reads a row, or an empty line.
  ///
  /// @return whether it was a row
  private boolean readRow(Intake<Fields> intake) {
    Window window = cursor.window();
    while (true) {
      int from = window.position();
      int limit = (int) Math.min(window.limit(), from + (long) dialect.maxRowBytes());
      boolean last = window.atEnd() && limit == window.limit();
      switch (scanner.scan(window.bytes(), from, limit, last)) {
        case RECORD -> {
          return takeRecord(intake, window.bytes(), from);
        }
        case OPEN_QUOTE -> {
          refuseOpenQuote(intake, "the end of the file");
          return true;
        }
        case MORE -> {
          if (limit == window.limit()) {
            cursor.more();
          } else if (scanner.openQuoteCell() >= 0 && oversized.hasLineEnd()) {
            refuseOpenQuote(intake, dialect.maxRowBytes() + " bytes (max-row-bytes)");
            return true;
          } else {
            oversized.refusePart(intake, noCells());
            return true;
          }
        }
      }
    }
  }

  private boolean takeRecord(Intake<Fields> intake, byte[] bytes, int from) {
    int length = scanner.end() - from;
    if (scanner.isBlank()) {
      cursor.consume(length, scanner.lineEnds());
      return false;
    }
    int skipped = headers.get(cursor.file()).skippedCells();
    int cells = scanner.cells() - skipped;
    @Nullable Object[] values = new @Nullable Object[names.size()];
    int undecodable = -1;
    for (int i = 0; i < Math.min(cells, values.length); i++) {
      values[i] = decoder.value(bytes, scanner, skipped + i);
      if (decoder.takeMalformed() && undecodable < 0) {
        undecodable = i;
      }
    }
    int start = cells > 0 ? scanner.outerStart(skipped) : from;
    var item =
        new Item<>(
            cursor.takeOrdinal(),
            null,
            Fields.of(names, values),
            cursor.origin(start, scanner.end()));
    Reason problem = problem(cells, undecodable, skipped);
    cursor.consume(length, scanner.lineEnds());
    if (problem == null) {
      intake.accept(item);
    } else {
      intake.refuse(item, problem);
    }
    return true;
  }

  private @Nullable Reason problem(int cells, int undecodable, int skipped) {
    if (scanner.badQuote() >= 0) {
      return Reason.of(
          "text-after-quote",
          "Line "
              + cursor.line()
              + " has text behind the closing quote of "
              + column(scanner.badQuote() - skipped)
              + ": double the quotes inside of it.");
    }
    if (cells != names.size()) {
      return Reason.of(
          cells < names.size() ? "too-few-cells" : "too-many-cells",
          "Line "
              + cursor.line()
              + " has "
              + Math.max(cells, 0)
              + (cells == 1 ? " cell" : " cells")
              + ", but the header has "
              + names.size()
              + (names.size() == 1 ? " column." : " columns."));
    }
    if (undecodable >= 0) {
      return Reason.of(
          "bad-encoding",
          "Line "
              + cursor.line()
              + " has bytes in "
              + column(undecodable)
              + " that are not "
              + dialect.charset().name()
              + ".");
    }
    return null;
  }

  private void refuseOpenQuote(Intake<Fields> intake, String bound) {
    int skipped = headers.get(cursor.file()).skippedCells();
    long line = cursor.line() + scanner.openQuoteLine();
    oversized.refuseLine(
        intake,
        noCells(),
        Reason.of(
            "open-quote",
            "The quote opened in line "
                + line
                + ", "
                + column(scanner.openQuoteCell() - skipped)
                + ", is not closed before "
                + bound
                + "."));
  }

  private String column(int index) {
    return index >= 0 && index < names.size()
        ? "column '" + names.name(index) + "'"
        : "cell " + (index + 1);
  }

  private Fields noCells() {
    return Fields.of(names, new @Nullable Object[names.size()]);
  }

  @Override
  public Position position() {
    return cursor.position();
  }

  @Override
  public SourceIdentity identity() {
    return cursor.identity();
  }

  @Override
  public void skipTo(Checkpoint checkpoint) {
    if (!cursor.goTo(checkpoint)) {
      FileSource.super.skipTo(checkpoint);
    }
  }

  @Override
  public void resumeAt(Position position) {
    cursor.resumeAt(position);
  }

  @Override
  public void readUpTo(long offset) {
    cursor.readUpTo(offset);
  }

  @Override
  public Optional<Division> divided(long partBytes) {
    return cursor.divided(
        partBytes, dialect.maxRowBytes(), dialect.quote(), () -> new CsvScanner(dialect));
  }

  @Override
  public long bytesRead() {
    return cursor.bytesRead();
  }

  @Override
  public long totalBytes() {
    return cursor.totalBytes();
  }

  @Override
  public void close() {
    cursor.close();
  }
}
