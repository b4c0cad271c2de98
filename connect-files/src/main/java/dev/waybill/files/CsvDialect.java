package dev.waybill.files;

import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;

/// How a CSV file is written.
///
/// @param delimiter the ASCII character between cells
/// @param quote the ASCII character around a cell; -1 if there is none
/// @param charset of the text; each byte that [CsvScanner] looks at means the same in it as in
///   ASCII
/// @param quotedEmpty what `""` stands for
/// @param maxRowBytes the most that a row may take, its line end included
/// @param delimiterGiven whether the user chose the delimiter, so that no other is suggested
record CsvDialect(
    int delimiter,
    int quote,
    Charset charset,
    QuotedEmpty quotedEmpty,
    int maxRowBytes,
    boolean delimiterGiven) {

  static final int NO_QUOTE = -1;

  /// What a cell with nothing between quotes stands for. A cell with nothing at all is always null.
  enum QuotedEmpty {
    NULL,
    TEXT
  }

  static final List<Option> OPTIONS =
      List.of(
          Option.of(
              "delimiter",
              ",",
              "The character between cells: one ASCII character, or tab; tab by itself for .tsv"
                  + " files."),
          Option.of("quote", "\"", "The character around cells: one ASCII character, or none."),
          Option.of("charset", "UTF-8", "The encoding of the text, by its IANA name."),
          Option.of(
              "quoted-empty",
              "null",
              "What the cell \"\" is: null like a cell with nothing in it, or text for an empty"
                  + " text."),
          MaxRowBytes.OPTION);

  static CsvDialect of(Options options, boolean tabSeparated) {
    int delimiter =
        tabSeparated && !options.has("delimiter") ? '\t' : character(options, "delimiter");
    int quote = options.required("quote").equals("none") ? NO_QUOTE : character(options, "quote");
    if (delimiter == quote) {
      throw options.bad("delimiter", "takes another character than the quote");
    }
    return new CsvDialect(
        delimiter,
        quote,
        charset(options, delimiter, quote),
        options.choice("quoted-empty", QuotedEmpty.class),
        MaxRowBytes.of(options),
        options.has("delimiter"));
  }

  private static int character(Options options, String name) {
    String value = options.required(name);
    if (value.equalsIgnoreCase("tab") || value.equals("\\t")) {
      return '\t';
    }
    if (value.length() != 1
        || value.charAt(0) > 0x7e
        || value.charAt(0) == '\n'
        || value.charAt(0) == '\r') {
      throw options.bad(name, "takes one ASCII character, or its name tab");
    }
    return value.charAt(0);
  }

  private static Charset charset(Options options, int delimiter, int quote) {
    Charset charset;
    try {
      charset = Charset.forName(options.required("charset"));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw options.bad("charset", "takes an encoding by its name, such as UTF-8 or windows-1252");
    }
    for (int mark : new int[] {delimiter, quote, '\n', '\r', 0x1b}) {
      if (mark != NO_QUOTE && !keepsItsMeaning((byte) mark, charset)) {
        throw options.bad(
            "charset",
            "takes an encoding in which the bytes of delimiter, quote and line end have no other"
                + " meaning than in ASCII; convert the file first, as in iconv -f "
                + charset.name()
                + " -t UTF-8 FILE > NEWFILE,");
      }
    }
    return charset;
  }

  /// Whether this byte is the ASCII character wherever it stands. UTF-16, EBCDIC and ISO-2022 fail
  /// the first test (with escape as one of the bytes), Shift_JIS and Big5 with `|` the second.
  private static boolean keepsItsMeaning(byte mark, Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8)) {
      return true;
    }
    if (!new String(new byte[] {mark}, charset).equals(String.valueOf((char) mark))) {
      return false;
    }
    for (int lead = 0x80; lead <= 0xff; lead++) {
      String pair = new String(new byte[] {(byte) lead, mark}, charset);
      if (pair.isEmpty() || pair.charAt(pair.length() - 1) != (char) mark) {
        return false;
      }
    }
    return true;
  }
}
