package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadCsvTest {

  @TempDir Path directory;

  private Reading read(String content, String... options) {
    try (var source = csv(directory, content, options)) {
      return Reading.of(source);
    }
  }

  private void assertSentence(ThrowingCallable reading, String sentence) {
    assertThatThrownBy(reading)
        .isInstanceOf(UserException.class)
        .hasMessage(sentence.replace("DIR", directory.toString()));
  }

  @Test
  void rowWithTooFewCellsIsRefusedAndTheRestGoesOn() {
    var reading = read("a,b,c\n1,2\n4,5,6\n");
    assertThat(reading.complaints())
        .containsExactly("Line 2 has 2 cells, but the header has 3 columns.");
    assertThat(reading.rows()).containsExactly(asList("4", "5", "6"));
    assertThat(reading.origins()).containsExactly("1,2\n", "4,5,6\n");
  }

  @Test
  void rowWithTooManyCellsIsRefusedAndTheRestGoesOn() {
    var reading = read("a\n\"x\ny\",2\n4\n");
    assertThat(reading.complaints())
        .containsExactly("Line 2 has 2 cells, but the header has 1 column.");
    assertThat(reading.rows()).containsExactly(List.of("4"));
  }

  @Test
  void textBehindAClosingQuoteIsRefused() {
    var reading = read("a,b\n1,\"x\"y\n3,4\n");
    assertThat(reading.complaints())
        .containsExactly(
            "Line 2 has text behind the closing quote of column 'b': double the quotes inside of"
                + " it.");
    assertThat(reading.rows()).containsExactly(asList("3", "4"));
  }

  @Test
  void badUtf8IsRefusedWithItsColumn() {
    byte[] bytes = "a,b\n1,ü\n2,ü\n".getBytes(StandardCharsets.UTF_8);
    bytes[7] = 'x';
    try (var source = csv(file(directory, "in.csv", bytes), FileCursor.CHUNK_SIZE)) {
      var reading = Reading.of(source);
      assertThat(reading.complaints())
          .containsExactly("Line 2 has bytes in column 'b' that are not UTF-8.");
      assertThat(reading.rows()).containsExactly(asList("2", "ü"));
    }
  }

  @Test
  void quoteOpenAtTheEndOfTheFileCostsOneRow() {
    var reading = read("a,b\n1,2\n3,\"4\n5,6\n7,8\n");
    assertThat(reading.complaints())
        .containsExactly(
            "The quote opened in line 3, column 'b', is not closed before the end of the file.");
    assertThat(reading.rows())
        .containsExactly(asList("1", "2"), asList("5", "6"), asList("7", "8"));
    assertThat(reading.origins()).containsExactly("1,2\n", "3,\"4\n", "5,6\n", "7,8\n");
    assertThat(reading.lines()).containsExactly(2L, 3L, 4L, 5L);
  }

  @Test
  void quoteThatRunsOverTheSizeLimitCostsOneRow() {
    var reading = read("a,b\n1,\"2\n" + "3,4\n".repeat(30), "max-row-bytes=64");
    assertThat(reading.complaints())
        .containsExactly(
            "The quote opened in line 2, column 'b', is not closed before 64 bytes"
                + " (max-row-bytes).");
    assertThat(reading.rows()).hasSize(30);
    assertThat(reading.lines().getLast()).isEqualTo(32);
  }

  @Test
  void rowOverTheSizeLimitIsRefusedInPartsThatLoseNothing() {
    String row = "x".repeat(150) + "\r\n";
    var reading = read("a\n" + row + "y\n", "max-row-bytes=64");
    assertThat(reading.complaints())
        .containsExactly(
            "Line 2 has a row of more than 64 bytes (max-row-bytes); this is part 1 of it.",
            "Line 2 has a row of more than 64 bytes (max-row-bytes); this is part 2 of it.",
            "Line 2 has a row of more than 64 bytes (max-row-bytes); this is part 3 of it.");
    assertThat(String.join("", reading.origins())).isEqualTo(row + "y\n");
    assertThat(reading.rows()).containsExactly(List.of("y"));
    assertThat(reading.lines().getLast()).isEqualTo(3);
  }

  @Test
  void missingFile() {
    assertSentence(
        () -> Locations.expand(List.of("no/such.csv")),
        "There is no file no/such.csv; the working directory is "
            + Path.of("").toAbsolutePath()
            + ".");
    assertSentence(
        () -> Locations.expand(List.of("no/*.csv")),
        "No file matches no/*.csv; the working directory is " + Path.of("").toAbsolutePath() + ".");
    assertSentence(
        () -> Locations.expand(List.of(directory.toString())),
        "DIR is a directory: name its files, as in 'DIR/*.csv'.");
    assertSentence(
        () -> Locations.expand(List.of("-", "-")),
        "Standard input (-) is named twice, but can be read only once.");
  }

  @Test
  void emptyFile() {
    String sentence = "DIR/in.csv is empty: a CSV file begins with a row of column names.";
    assertSentence(() -> read(""), sentence);
    assertSentence(() -> read("\uFEFF\n\r\n"), sentence);
  }

  @Test
  void wrongDelimiter() {
    assertSentence(
        () -> read("id;name\n1;2\n"),
        "DIR/in.csv, line 1, has a single column, 'id;name': if its cells are separated by ';', set"
            + " the option delimiter=;.");
    assertSentence(
        () -> read("id\tname\n"),
        "DIR/in.csv, line 1, has a single column, 'id name': if its cells are separated by 'tab',"
            + " set the option delimiter=tab.");
    assertThat(read("id;name\n1\n", "delimiter=,").rows()).containsExactly(List.of("1"));
  }

  @Test
  void badHeaders() {
    assertSentence(
        () -> read("\na,b,a\n"),
        "DIR/in.csv, line 2, names the columns 1 and 3 both 'a': give each column a name of its"
            + " own.");
    assertSentence(
        () -> read("a,,b\n"),
        "DIR/in.csv, line 1, has no name for column 2: give each column a name.");
    assertSentence(
        () -> read("a,\"b\n1,2\n"),
        "DIR/in.csv, line 1, opens a quote that is never closed: close it, or set the quote"
            + " option.");
    assertSentence(
        () -> read("a,\"b\"c\n1,2\n"),
        "DIR/in.csv, line 1, has text behind the closing quote of column 2: double the quotes inside"
            + " of it.");
    assertSentence(
        () -> read("a,b" + "x".repeat(100), "max-row-bytes=64"),
        "DIR/in.csv, line 1, has a header row of more than 64 bytes: look whether it is a CSV file,"
            + " or raise max-row-bytes.");
    assertSentence(
        () ->
            csv(
                file(directory, "in.csv", "größe\n".getBytes(StandardCharsets.ISO_8859_1)),
                FileCursor.CHUNK_SIZE),
        "DIR/in.csv, line 1, has a name in column 1 that is not UTF-8: name the file's encoding by"
            + " the charset option, such as windows-1252.");
  }

  @Test
  void utf16IsRefusedWithTheWayToConvertIt() {
    String sentence =
        "DIR/in.csv is UTF-16: convert it first, as in iconv -f UTF-16 -t UTF-8 FILE > NEWFILE.";
    for (var charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE)) {
      Path file = file(directory, "in.csv", "a,b\n1,2\n".getBytes(charset));
      assertSentence(() -> csv(file, FileCursor.CHUNK_SIZE), sentence);
    }
  }

  @Test
  void badOptions() {
    assertSentence(
        () -> read("a\n", "delimiter=ab"),
        "csv option 'delimiter' takes one ASCII character, or its name tab, not 'ab'");
    assertSentence(
        () -> read("a\n", "delimiter=\""),
        "csv option 'delimiter' takes another character than the quote, not '\"'");
    assertSentence(
        () -> read("a\n", "charset=latin-99"),
        "csv option 'charset' takes an encoding by its name, such as UTF-8 or windows-1252, not"
            + " 'latin-99'");
    for (String charset : List.of("UTF-16LE", "IBM1047", "ISO-2022-JP")) {
      assertThatThrownBy(() -> read("a\n", "charset=" + charset))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("convert the file first, as in iconv -f " + charset);
    }
    assertThatThrownBy(() -> read("a\n", "charset=Shift_JIS", "delimiter=|"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("iconv -f Shift_JIS");
  }

  @Test
  void filesWithDifferentColumns() {
    file(directory, "1.csv", "a,b\n1,2\n");
    file(directory, "2.csv", "a,c\n1,2\n");
    file(directory, "3.csv", "a\n1\n");
    assertSentence(
        () -> openAll("1.csv", "2.csv"),
        "DIR/1.csv and DIR/2.csv have different columns: column 2 is 'b' and 'c'; load them one by"
            + " one.");
    assertSentence(
        () -> openAll("1.csv", "3.csv"),
        "DIR/1.csv and DIR/3.csv have different columns: the first has 2 and the second 1; load them"
            + " one by one.");
  }

  private void openAll(String... names) {
    CsvSource.open(
            Locations.expand(
                Arrays.stream(names).map(name -> directory.resolve(name).toString()).toList()),
            CsvDialect.of(Reading.options("csv", CsvDialect.OPTIONS), false),
            FileCursor.CHUNK_SIZE)
        .close();
  }

  @Test
  void truncatedGzipTellsHowFarItWasRead() throws IOException {
    var random = new Random(1);
    var rows = new StringBuilder("a\n");
    for (int i = 0; i < 100_000; i++) {
      rows.append(random.nextLong()).append('\n');
    }
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(rows.toString().getBytes(StandardCharsets.US_ASCII));
    }
    byte[] half = Arrays.copyOf(zipped.toByteArray(), zipped.size() / 2);
    Path file = file(directory, "half.csv.gz", half);
    try (var source = csv(file, FileCursor.CHUNK_SIZE)) {
      assertThatThrownBy(() -> Reading.of(source))
          .isInstanceOf(UserException.class)
          .hasMessageMatching(
              file + " can not be read on from line \\d{4,}: Unexpected end of ZLIB input stream.");
    }
  }
}
