package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.Intake;
import dev.waybill.spi.SourceIdentity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PositionTest {

  private static final Intake<Fields> IGNORE =
      new Intake<>() {
        @Override
        public void accept(Item<Fields> item) {}

        @Override
        public void refuse(Item<Fields> item, Reason reason) {}
      };

  @TempDir Path directory;

  private static CsvSource open(int chunkSize, String... locations) {
    return CsvSource.open(
        Locations.expand(List.of(locations)),
        CsvDialect.of(Reading.options("csv", CsvDialect.OPTIONS, "max-row-bytes=32"), false),
        chunkSize);
  }

  private static byte[] gzip(String content) {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write(content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return zipped.toByteArray();
  }

  @Test
  void readingGoesOnFromEveryPosition() {
    String wide = "x".repeat(80) + "\n";
    Path first = file(directory, "1.csv", "a,b\n\n1,\"ü\n\"\n\n" + wide + "2,3\r\n4\n");
    Path second = file(directory, "2.csv.gz", gzip("\uFEFFa,b\r\n5,\"6\n7,8\n"));
    try (var source = open(7, first.toString(), second.toString())) {
      var whole = Reading.of(open(FileCursor.CHUNK_SIZE, first.toString(), second.toString()));
      var positions = new ArrayList<Position>();
      do {
        positions.add(source.position());
      } while (source.next(IGNORE));
      assertThat(whole.items()).hasSize(positions.size() - 1);
      for (int i = 0; i < positions.size(); i++) {
        source.resumeAt(positions.get(i));
        var rest = Reading.of(source);
        assertThat(rest.items()).isEqualTo(whole.items().subList(i, whole.items().size()));
        assertThat(rest.refusals()).isEqualTo(whole.refusals().subList(i, whole.items().size()));
      }
    }
  }

  @Test
  void readingGoesOnFromEveryRecord() {
    String wide = "x".repeat(80) + "\n";
    Path first = file(directory, "1.csv", "a,b\n\n1,\"ü\n\"\n\n" + wide + "2,3\r\n4\n");
    Path second = file(directory, "2.csv.gz", gzip("\uFEFFa,b\r\n5,\"6\n7,8\n"));
    var whole = Reading.of(open(FileCursor.CHUNK_SIZE, first.toString(), second.toString()));
    for (int i = 0; i < whole.items().size(); i++) {
      Item<Fields> item = whole.items().get(i);
      Origin origin = whole.places().get(i);
      try (var source = open(7, first.toString(), second.toString())) {
        source.skipTo(
            new Checkpoint(item.ordinal(), origin.file(), origin.line(), origin.offset()));

        var rest = Reading.of(source);
        assertThat(rest.items()).isEqualTo(whole.items().subList(i, whole.items().size()));
        assertThat(rest.refusals()).isEqualTo(whole.refusals().subList(i, whole.items().size()));
      }
    }
  }

  @Test
  void recordBehindTheEndIsRefused() {
    try (var source = csv(file(directory, "in.csv", "a\n1\n"), 16)) {
      assertThatThrownBy(() -> source.skipTo(new Checkpoint(9, "another.csv", 1, 0)))
          .isInstanceOf(UserException.class)
          .hasMessage("the source ends at record 1, before record 9 at which it is to go on");
    }
  }

  @Test
  void changedFileHasAnotherIdentity() {
    Path file = file(directory, "in.csv", "a\n" + "1\n".repeat(10_000_000));
    SourceIdentity then = csv(file, 16).identity();
    assertThat(then.difference(csv(file, 16).identity())).isEmpty();

    file(directory, "in.csv", "a\n" + "1\n".repeat(9_999_999) + "2\n");
    assertThat(then.difference(csv(file, 16).identity()))
        .hasValue("the content of " + file.toAbsolutePath() + " has changed");

    file(directory, "in.csv", "a\n1\n");
    assertThat(then.difference(csv(file, 16).identity()))
        .hasValue(file.toAbsolutePath() + " had 20,000,002 bytes and has 4 now");
  }

  @Test
  void positionBehindTheEndOfAFileIsRefused() {
    Path file = file(directory, "in.csv", "a\n1\n");
    try (var source = csv(file, 16)) {
      assertThatThrownBy(() -> source.resumeAt(new Position(0, 99, 3, 2, 0)))
          .isInstanceOf(UserException.class)
          .hasMessage(
              file
                  + " ends before byte 99, where reading was to go on: put back the file that the run"
                  + " began with.");
      assertThatThrownBy(() -> source.resumeAt(new Position(3, 0, 1, 1, 0)))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "There are 1 files now, but reading was to go on in file number 4: name the same files"
                  + " again.");
    }
  }

  @Test
  void filesOfAPatternAreReadByNameAsOne() {
    file(directory, "b.csv", "a,b\n3,4\n");
    file(directory, "a.csv", "a,b\n1,2");
    file(directory, "c.txt", "other");
    try (var source = open(64, directory + "/*.csv")) {
      var reading = Reading.of(source);
      assertThat(reading.rows()).containsExactly(asList("1", "2"), asList("3", "4"));
      assertThat(reading.items()).extracting(Item::ordinal).containsExactly(1L, 2L);
      assertThat(source.files()).containsExactly(directory + "/a.csv", directory + "/b.csv");
      assertThat(source.preamble().toString()).isEqualTo("a,b\n");
      assertThat(source.totalBytes()).isEqualTo(7 + 8);
      assertThat(source.bytesRead()).isEqualTo(7 + 8);
    }
  }

  @Test
  void progressOfGzipCountsCompressedBytes() {
    byte[] zipped = gzip("a\n" + "1\n".repeat(10_000));
    try (var source = csv(file(directory, "in.csv.gz", zipped), FileCursor.CHUNK_SIZE)) {
      assertThat(Reading.of(source).rows()).hasSize(10_000);
      assertThat(source.totalBytes()).isEqualTo(zipped.length);
      assertThat(source.bytesRead()).isEqualTo(zipped.length);
    }
  }

  @Test
  void standardInputIsReadOnceAndCanNotBeGoneBackIn() {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(gzip("a,b\n1,2\n")));
    try (var source = open(64, "-")) {
      assertThat(source.totalBytes()).isEqualTo(-1);
      var position = source.position();
      assertThat(Reading.of(source).rows()).containsExactly(asList("1", "2"));
      assertThatThrownBy(() -> source.resumeAt(position))
          .isInstanceOf(UserException.class)
          .hasMessage(
              "Standard input can not be read again from byte 4 on: give the records as a file to be"
                  + " able to go on with a run.");
    } finally {
      System.setIn(before);
    }
  }
}
