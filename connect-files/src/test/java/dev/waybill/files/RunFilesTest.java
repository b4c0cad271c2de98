package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static java.util.Arrays.asList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunFilesTest {

  private static final Instant NOW =
      LocalDateTime.of(2026, 11, 21, 14, 5, 9).atZone(ZoneId.systemDefault()).toInstant();

  @TempDir Path directory;

  private static Settlement<Fields> settlement(
      long batch, Disposition disposition, String error, List<Item<Fields>> items) {
    Reason reason = disposition == Disposition.DELIVERED ? null : Reason.of("E1", error);
    return new Settlement<>(batch, items, disposition, reason, 1, List.of());
  }

  /// Reads the file, and lets each item end as `ends` says: d, r, u or n (not processed); an item
  /// that the source refused is rejected with its reason.
  private RunFiles.Summary run(FileSource source, String ends) {
    try (source;
        var files = RunFiles.create(directory.resolve("out"), source, "email", NOW)) {
      var reading = Reading.of(source);
      for (int i = 0; i < reading.items().size(); i++) {
        var items = List.of(reading.items().get(i));
        Reason refusal = reading.refusals().get(i);
        Disposition end =
            refusal != null
                ? Disposition.REJECTED
                : switch (ends.charAt(i)) {
                  case 'd' -> Disposition.DELIVERED;
                  case 'r' -> Disposition.REJECTED;
                  case 'u' -> Disposition.UNKNOWN;
                  default -> Disposition.UNPROCESSED;
                };
        files.settled(
            settlement(3, end, refusal == null ? "no \"good\", sorry" : refusal.message(), items));
      }
      return files.summary();
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Path retry(RunFiles.Summary summary) {
    return Objects.requireNonNull(summary.retry());
  }

  @Test
  void filesBearTheTimeOfTheRunAndTheColumnsOfTheModel() throws IOException {
    Path in = file(directory, "in.csv", "id,email\n1,a@b\n2,\"c,d@e\"\n3,\n");
    try (var source = csv(in, 64);
        var files = RunFiles.create(directory.resolve("out"), source, "email", NOW)) {
      var items = Reading.of(source).items();
      files.settled(
          new Settlement<>(
              7, items, Disposition.DELIVERED, null, 1, Arrays.asList("u-1", null, "u-3")));
      files.flush();
      assertThat(text(files.summary().success()))
          .isEqualTo("batch,line,uuid,email\n7,2,u-1,a@b\n7,3,,\"c,d@e\"\n7,4,u-3,\n");
      assertThat(text(files.summary().fail())).isEqualTo("batch,line,key,error,id,email\n");
    }
    try (var listed = Files.list(directory.resolve("out"))) {
      assertThat(listed.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("success_20261121-140509.csv", "fail_20261121-140509.csv");
    }
  }

  @Test
  void retryFileHoldsHeaderAndRowsByteForByte() {
    String header = "\uFEFFid;\"e\"\"mail\"\r\n";
    Path in = file(directory, "in.csv", header + "1;x\r\n\"2\";\"y\n\"\"z\"\r\n\r\n3;ü\r\n4;\"\"");
    var summary = run(csv(in, 3, "delimiter=;"), "dunu");
    assertThat(retry(summary))
        .hasBinaryContent(
            (header + "\"2\";\"y\n\"\"z\"\r\n3;ü\r\n4;\"\"").getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void lastRowWithoutLineEndGetsOneOnlyIfAnotherFollows() throws IOException {
    Path in = file(directory, "in.csv", "id\r\n1\r\n2");
    try (var source = csv(in, 3);
        var files = RunFiles.create(directory, source, null, NOW)) {
      var items = Reading.of(source).items();
      files.settled(settlement(1, Disposition.UNKNOWN, "?", List.of(items.get(1))));
      files.flush();
      assertThat(text(retry(files.summary()))).isEqualTo("id\r\n2");
      files.settled(settlement(2, Disposition.UNPROCESSED, "?", List.of(items.get(0))));
      files.flush();
      assertThat(text(retry(files.summary()))).isEqualTo("id\r\n2\r\n1\r\n");
    }
  }

  @Test
  void nothingToRetryLeavesNoRetryFile() {
    assertThat(run(csv(file(directory, "in.csv", "id\n1\n2\n"), 64), "dr").retry()).isNull();
  }

  @Test
  void failFileCanBeLoadedAgainAndGivesTheSameRows() {
    Path in = file(directory, "in.csv", "id,email\r\n1,\"a\r\nb\"\r\n2\r\n3,x\r\n4,\"y\"");
    var summary = run(csv(in, 64), "r.dr");
    assertThat(text(summary.fail()))
        .isEqualTo(
            """
            batch,line,key,error,id,email
            3,2,"a
            b","no ""good"", sorry",1,"a
            b"
            3,4,,"Line 4 has 1 cell, but the header has 2 columns.",2
            3,6,y,"no ""good"", sorry",4,"y"
            """
                .replace("\n", "\r\n"));
    try (var again = csv(summary.fail(), 5)) {
      assertThat(again.columns().asList()).containsExactly("id", "email");
      assertThat(again.preamble().toString()).isEqualTo("id,email\r\n");
      var reading = Reading.of(again);
      assertThat(reading.rows()).containsExactly(asList("1", "a\r\nb"), asList("4", "y"));
      assertThat(reading.origins()).containsExactly("1,\"a\r\nb\"\r\n", "2\r\n", "4,\"y\"\r\n");
    }
    var second = run(csv(summary.fail(), 5), "u.u");
    assertThat(text(retry(second))).isEqualTo("id,email\r\n1,\"a\r\nb\"\r\n4,\"y\"\r\n");
  }

  @Test
  void rowWhoseQuotesDoNotBalanceDoesNotSwallowTheNextOfTheFailFile() {
    Path in = file(directory, "in.csv", "id,email\n1,\"open\n2,x\n");
    var summary = run(csv(in, 64), ".r");
    assertThat(text(summary.fail()))
        .isEqualTo(
            """
            batch,line,key,error,id,email
            3,2,,"The quote opened in line 2, column 'email', is not closed before the end of the \
            file.","1,""open"
            3,3,x,"no ""good"", sorry",2,x
            """);
    try (var again = csv(summary.fail(), 64)) {
      assertThat(Reading.of(again).rows()).containsExactly(asList("2", "x"));
    }
  }

  @Test
  void linesOfSeveralFilesBearTheFilesName() {
    Path one = file(directory, "1.csv", "id");
    Path two = file(directory, "2.csv", "id\n7\n8\n");
    var source =
        CsvSource.open(
            Locations.expand(List.of(one.toString(), two.toString())),
            CsvDialect.of(Reading.options("csv", CsvDialect.OPTIONS), false),
            64);
    var summary = run(source, "du");
    assertThat(text(summary.success())).isEqualTo("batch,line,uuid,email\n3," + two + ":2,,\n");
    assertThat(text(retry(summary))).isEqualTo("id\n8\n");
  }

  @Test
  void errorWithoutQuotesToHoldItLosesItsDelimiters() {
    Path in = file(directory, "in.csv", "id\temail\n1\tx\n");
    assertThat(text(run(csv(in, 64, "delimiter=tab", "quote=none"), "r").fail()))
        .isEqualTo("batch\tline\tkey\terror\tid\temail\n3\t2\tx\tno \"good\", sorry\t1\tx\n");
  }

  @Test
  void jsonLinesComeBackAsJsonLines() {
    Path in =
        file(
            directory,
            "in.jsonl",
            "{\"email\":\"a\", \"n\":1.50}\r\n{\"email\": }\n{\"email\":\"ü\"}\n7\n{\"email\":2}");
    var summary = run(JsonLinesSourceTest.open(in, 7, 1000), "r.u.r");
    assertThat(retry(summary))
        .hasFileName("retry_20261121-140509.jsonl")
        .hasContent("{\"email\":\"ü\"}\n");
    assertThat(text(summary.fail()).lines().toList())
        .hasSize(4)
        .contains(
            "{\"batch\":3,\"line\":1,\"key\":\"a\",\"error\":\"no \\\"good\\\","
                + " sorry\",\"record\":{\"email\":\"a\", \"n\":1.50}}")
        .anyMatch(line -> line.endsWith(",\"record\":\"{\\\"email\\\": }\"}"))
        .anyMatch(line -> line.endsWith(",\"record\":7}"));
    try (var again = JsonLinesSourceTest.open(summary.fail(), 7, 1000)) {
      assertThat(Reading.of(again).origins())
          .containsExactly("{\"email\":\"a\", \"n\":1.50}", "{\"email\": }", "7", "{\"email\":2}");
    }
    var second = run(JsonLinesSourceTest.open(summary.fail(), 7, 1000), "u..u");
    assertThat(text(retry(second))).isEqualTo("{\"email\":\"a\", \"n\":1.50}\n{\"email\":2}");
  }

  @Test
  void runsOfTheSameSecondDoNotTouchEachOther() {
    Path in = file(directory, "in.csv", "id\n1\n");
    assertThat(run(csv(in, 64), "d").success()).hasFileName("success_20261121-140509.csv");
    assertThat(run(csv(in, 64), "d").success()).hasFileName("success_20261121-140509-2.csv");
  }

  @Test
  void interruptedRunGoesOnFromItsMark() {
    Path in = file(directory, "in.csv", "id\n1\n2\n3");
    RunFiles.Mark mark;
    try (var source = csv(in, 64);
        var files = RunFiles.create(directory, source, null, NOW)) {
      var items = Reading.of(source).items();
      files.settled(settlement(1, Disposition.UNKNOWN, "?", List.of(items.get(2))));
      files.settled(settlement(1, Disposition.REJECTED, "no", List.of(items.get(0))));
      mark = files.mark();
      files.settled(settlement(2, Disposition.REJECTED, "lost", List.of(items.get(1))));
      files.settled(settlement(2, Disposition.DELIVERED, "", List.of(items.get(1))));
      files.settled(settlement(2, Disposition.UNKNOWN, "", List.of(items.get(1))));
    }
    try (var source = csv(in, 64);
        var files = RunFiles.reopen(mark, source, null)) {
      var items = Reading.of(source).items();
      files.settled(settlement(3, Disposition.DELIVERED, "", List.of(items.get(1))));
      files.settled(settlement(3, Disposition.UNPROCESSED, "", List.of(items.get(0))));
      files.flush();
      var summary = files.summary();
      assertThat(text(summary.success())).isEqualTo("batch,line,uuid,key\n3,3,,\n");
      assertThat(text(summary.fail())).isEqualTo("batch,line,key,error,id\n1,2,,no,1\n");
      assertThat(text(retry(summary))).isEqualTo("id\n3\n1\n");
    }
  }

  @Test
  void markBeyondTheFileIsRefused() {
    Path in = file(directory, "in.csv", "id\n1\n");
    try (var source = csv(in, 64)) {
      RunFiles.Mark mark;
      try (var files = RunFiles.create(directory, source, null, NOW)) {
        mark = files.mark();
      }
      Path success = file(directory, mark.success().path().getFileName().toString(), "short");
      assertThatThrownBy(() -> RunFiles.reopen(mark, source, null))
          .isInstanceOf(UserException.class)
          .hasMessage(
              success
                  + " has 5 bytes, but had 20 when the run was interrupted: put the file back as it"
                  + " was.");
    }
  }

  @Test
  void directoryThatCanNotBeMadeIsNamed() {
    Path in = file(directory, "in.csv", "id\n1\n");
    try (var source = csv(in, 64)) {
      assertThatThrownBy(() -> RunFiles.create(in.resolve("out"), source, null, NOW))
          .isInstanceOf(UserException.class)
          .hasMessageStartingWith("The directory " + in.resolve("out") + " can not be made: ");
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void fullDiskIsToldWithTheFilesName() throws IOException {
    Path link = Files.createSymbolicLink(directory.resolve("full.csv"), Path.of("/dev/full"));
    try (var file = new RunFile(link, StandardOpenOption.WRITE)) {
      file.write(1);
      assertThatThrownBy(file::flush)
          .isInstanceOf(UserException.class)
          .hasMessage(
              link
                  + " can not be written (No space left on device): make room or name another"
                  + " directory, then load the records that are in none of the run's files.");
    }
  }
}
