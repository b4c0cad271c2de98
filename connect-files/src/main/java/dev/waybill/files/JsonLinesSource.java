package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Intake;
import dev.waybill.spi.SourceIdentity;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Files with one JSON object a line, read as one.
///
/// A line that holds none is refused with a reason that names its line, and the next line is read.
/// Memory is bounded by the largest line that is allowed.
public final class JsonLinesSource implements FileSource {

  private static final Fields NOTHING = Fields.of(FieldNames.of());

  private final FileCursor cursor;
  private final OversizedRow oversized;
  private ByteSlice preamble = ByteSlice.EMPTY;

  private JsonLinesSource(FileCursor cursor, int maxRowBytes) {
    this.cursor = cursor;
    this.oversized = new OversizedRow(cursor, maxRowBytes, OversizedRow.LineEnd.LF_ONLY);
    cursor.readHeads(this::readHead);
  }

  static JsonLinesSource open(List<InputFile> files, int maxRowBytes, int chunkSize) {
    return new JsonLinesSource(new FileCursor(files, chunkSize), maxRowBytes);
  }

  private void readHead(int file) {
    try {
      Window window = cursor.window();
      if (window.startsWith(0xff, 0xfe) || window.startsWith(0xfe, 0xff)) {
        throw new UserException(
            cursor.fileName()
                + " is UTF-16: convert it first, as in iconv -f UTF-16 -t UTF-8 FILE > NEWFILE.");
      }
      if (window.startsWith(0xef, 0xbb, 0xbf)) {
        if (file == 0) {
          preamble = new ByteSlice(window.bytes(), window.position(), 3).copied();
        }
        cursor.consume(3, 0);
      }
    } catch (IOException e) {
      throw cursor.unreadable(e);
    }
  }

  /// None: each record may have fields of its own.
  @Override
  public FieldNames columns() {
    return NOTHING.names();
  }

  /// The byte-order mark, if the first file has one.
  @Override
  public ByteSlice preamble() {
    return preamble;
  }

  @Override
  public String extension() {
    return "jsonl";
  }

  @Override
  public List<String> files() {
    return cursor.fileNames();
  }

  @Override
  public boolean next(Intake<Fields> intake) {
    while (cursor.hasByte()) {
      if (cursor.part() > 0) {
        oversized.refusePart(intake, NOTHING);
        return true;
      }
      int end = oversized.findEnd();
      if (end < 0) {
        oversized.refusePart(intake, NOTHING);
        return true;
      }
      if (readLine(intake, end)) {
        return true;
      }
    }
    return false;
  }

  /// Reads the line up to `end`.
  ///
  /// @return whether there was anything in it
  private boolean readLine(Intake<Fields> intake, int end) {
    byte[] bytes = cursor.window().bytes();
    int from = cursor.window().position();
    int textEnd = end;
    while (textEnd > from && bytes[textEnd - 1] <= ' ' && bytes[textEnd - 1] >= 0) {
      textEnd--;
    }
    long lineEnds = bytes[end - 1] == '\n' ? 1 : 0;
    if (textEnd == from) {
      cursor.consume(end - from, lineEnds);
      return false;
    }
    Origin origin = cursor.origin(from, end);
    long ordinal = cursor.takeOrdinal();
    cursor.consume(end - from, lineEnds);
    handOn(intake, ordinal, origin, bytes, from, textEnd);
    return true;
  }

  private static void handOn(
      Intake<Fields> intake, long ordinal, Origin origin, byte[] bytes, int from, int to) {
    Object value;
    try {
      value = Json.read(bytes, from, to - from);
      var wrapped = JsonRowFormat.unwrapped(value, origin, bytes, from, to);
      if (wrapped != null) {
        origin = wrapped;
        value = Json.read(origin.bytes().toByteArray());
      }
    } catch (JacksonException e) {
      intake.refuse(new Item<>(ordinal, null, NOTHING, origin), notJson(origin, e));
      return;
    }
    if (value instanceof Fields fields) {
      intake.accept(new Item<>(ordinal, null, fields, origin));
    } else {
      intake.refuse(
          new Item<>(ordinal, null, NOTHING, origin),
          Reason.of(
              "not-an-object",
              "Line " + origin.line() + " is " + kind(value) + ", but a record is an object."));
    }
  }

  private static Reason notJson(Origin origin, JacksonException e) {
    return Reason.of(
        "bad-json",
        "Line "
            + origin.line()
            + (e.getLocation() == null ? "" : ", column " + e.getLocation().getColumnNr())
            + " is not JSON: "
            + e.getOriginalMessage().replaceAll("\\s+", " ")
            + ".");
  }

  private static String kind(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case String text -> "a text";
      case Boolean truth -> "true or false";
      case Number number -> "a number";
      default -> "a list";
    };
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
        partBytes, oversized.maxBytes(), CsvDialect.NO_QUOTE, JsonLineScanner::new);
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
