package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ByteSlice;
import dev.waybill.Origin;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvSourceTest {

  @TempDir Path directory;

  private Reading read(String content, String... options) {
    try (var source = csv(directory, content, options)) {
      return Reading.of(source);
    }
  }

  @Test
  void cellsAreTextAndEmptyOnesNull() {
    assertThat(read("a,b,c\n1,,\"x\"\n\"\",2,3\n").rows())
        .containsExactly(asList("1", null, "x"), asList(null, "2", "3"));
  }

  @Test
  void quotedEmptyCellIsEmptyTextOnDemand() {
    assertThat(read("a,b\n\"\",\n", "quoted-empty=text").rows()).containsExactly(asList("", null));
  }

  @Test
  void quotedCellsHoldDelimitersQuotesAndLineEnds() {
    assertThat(read("a,b\n\"x,y\",\"say \"\"hi\"\"\"\n\"1\r\n2\n3\r4\",5\n").rows())
        .containsExactly(asList("x,y", "say \"hi\""), asList("1\r\n2\n3\r4", "5"));
  }

  @Test
  void lineEndsMayBeLfCrlfOrCr() {
    var reading = read("a,b\r1,2\r3,4\n5,6\r\n\r\n7,8");
    assertThat(reading.rows())
        .containsExactly(asList("1", "2"), asList("3", "4"), asList("5", "6"), asList("7", "8"));
    assertThat(reading.lines()).containsExactly(2L, 3L, 4L, 6L);
    assertThat(reading.origins()).containsExactly("1,2\r", "3,4\n", "5,6\r\n", "7,8");
  }

  @Test
  void linesInsideQuotesCount() {
    assertThat(read("a,b\n\"1\n\n\r2\r\n\",x\n2,y\n").lines()).containsExactly(2L, 7L);
  }

  @Test
  void itemKnowsItsPlace() {
    var reading = read("a\nüber\n\"x\"\n");
    assertThat(reading.items().get(1).ordinal()).isEqualTo(2);
    assertThat(reading.places().get(1))
        .isEqualTo(
            new Origin(directory.resolve("in.csv").toString(), 3, 8, ByteSlice.utf8("\"x\"\n")));
  }

  @Test
  void byteOrderMarkBelongsToThePreamble() {
    try (var source = csv(directory, "\uFEFFa,b\r\n1,2\r\n")) {
      assertThat(source.columns().asList()).containsExactly("a", "b");
      assertThat(source.preamble().toString()).isEqualTo("\uFEFFa,b\r\n");
      assertThat(Reading.of(source).origins()).containsExactly("1,2\r\n");
    }
  }

  @Test
  void otherDelimiterAndQuote() {
    assertThat(read("a;b\n'x;''y';\"z\"\n", "delimiter=;", "quote='").rows())
        .containsExactly(asList("x;'y", "\"z\""));
    assertThat(read("a\tb\n\"x\ty\n", "delimiter=tab", "quote=none").rows())
        .containsExactly(asList("\"x", "y"));
  }

  @Test
  void otherCharsetsByName() {
    byte[] bytes = "größe,b\n5 €,ß\n".getBytes(Charset.forName("windows-1252"));
    try (var source =
        csv(file(directory, "w.csv", bytes), FileCursor.CHUNK_SIZE, "charset=windows-1252")) {
      assertThat(source.columns().asList()).containsExactly("größe", "b");
      assertThat(Reading.of(source).rows()).containsExactly(asList("5 €", "ß"));
    }
  }

  @Test
  void shiftJisIsReadThoughItsSecondBytesLookLikeAscii() {
    byte[] bytes = "名前,b\nソース,表\n".getBytes(Charset.forName("Shift_JIS"));
    try (var source =
        csv(file(directory, "s.csv", bytes), FileCursor.CHUNK_SIZE, "charset=Shift_JIS")) {
      assertThat(Reading.of(source).rows()).containsExactly(asList("ソース", "表"));
    }
  }

  @Test
  void nulBytesAndReplacementCharactersAreText() {
    assertThat(read("a\nx\0y\n\uFFFD\n").rows())
        .containsExactly(List.of("x\0y"), List.of("\uFFFD"));
  }

  @Test
  void byte0xFfIsNoQuoteWhereThereIsNone() {
    byte[] bytes = "a\nÿx\n".getBytes(StandardCharsets.ISO_8859_1);
    try (var source =
        csv(
            file(directory, "l.csv", bytes),
            FileCursor.CHUNK_SIZE,
            "charset=ISO-8859-1",
            "quote=none")) {
      assertThat(Reading.of(source).rows()).containsExactly(List.of("ÿx"));
    }
  }

  @Test
  void quoteInsideAnUnquotedCellIsAnOrdinaryCharacter() {
    assertThat(read("a,b\n5\" disk,\"x\"\n").rows()).containsExactly(asList("5\" disk", "x"));
  }

  @Test
  void headerAloneHasNoItems() {
    assertThat(read("a,b").items()).isEmpty();
    assertThat(read("a,b\n\n\r\n").items()).isEmpty();
  }
}
