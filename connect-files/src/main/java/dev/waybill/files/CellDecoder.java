package dev.waybill.files;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Makes text of the cells that a [CsvScanner] found.
final class CellDecoder {

  private static final char REPLACEMENT = '\uFFFD';

  private final Charset charset;
  private final byte quote;
  private final boolean quotedEmptyIsNull;
  private byte[] undoubled = new byte[256];
  private boolean malformed;

  CellDecoder(CsvDialect dialect) {
    charset = dialect.charset();
    quote = (byte) dialect.quote();
    quotedEmptyIsNull = dialect.quotedEmpty() == CsvDialect.QuotedEmpty.NULL;
  }

  /// A cell's text; null if it is empty.
  @Nullable String value(byte[] bytes, CsvScanner scanner, int cell) {
    int start = scanner.start(cell);
    int length = scanner.end(cell) - start;
    int flags = scanner.flags(cell);
    if (length == 0) {
      return (flags & CsvScanner.QUOTED) == 0 || quotedEmptyIsNull ? null : "";
    }
    if ((flags & CsvScanner.DOUBLED) != 0) {
      length = undouble(bytes, start, length);
      bytes = undoubled;
      start = 0;
    }
    // An ASCII cell is the same in every charset that a dialect lets in; Latin-1 is a plain copy.
    return (flags & CsvScanner.NOT_ASCII) == 0
        ? new String(bytes, start, length, StandardCharsets.ISO_8859_1)
        : decode(bytes, start, length);
  }

  private String decode(byte[] bytes, int start, int length) {
    var text = new String(bytes, start, length, charset);
    if (text.indexOf(REPLACEMENT) >= 0 && !isWellFormed(bytes, start, length)) {
      malformed = true;
    }
    return text;
  }

  /// Whether a replacement character was one already in the file.
  private boolean isWellFormed(byte[] bytes, int start, int length) {
    try {
      charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, start, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /// Whether a cell since the last call of this method could not be decoded.
  boolean takeMalformed() {
    boolean was = malformed;
    malformed = false;
    return was;
  }

  private int undouble(byte[] bytes, int start, int length) {
    if (undoubled.length < length) {
      undoubled = new byte[Math.max(length, 2 * undoubled.length)];
    }
    int to = 0;
    for (int from = start; from < start + length; from++) {
      byte b = bytes[from];
      undoubled[to++] = b;
      if (b == quote) {
        from++;
      }
    }
    return to;
  }
}
