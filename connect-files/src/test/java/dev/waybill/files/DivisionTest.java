package dev.waybill.files;

import static dev.waybill.files.Reading.file;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What several readers of the parts of a file come to, compared with one reader of all of it.
class DivisionTest {

  private static final int SEEDS = Integer.getInteger("waybill.division.seeds", 500);

  private static final String[] WELL_FORMED = {
    "a", "Zq", " ", "ü", ",", "\"\"", "\n", "\r\n", "\r", "longer words here"
  };
  private static final String[] ANYTHING = {
    "a",
    "Zq",
    " ",
    "ü",
    ",",
    "\"",
    "\"",
    "\n",
    "\n",
    "\r\n",
    "\r",
    "longer words",
    ",\"",
    "\",",
    "\"\n"
  };

  @TempDir Path directory;

  @Test
  void partsOfWellFormedFilesAreWhatOneReaderReads() {
    int stretches = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      stretches += check("well-formed " + seed, csv(random), random, 1 << 20, false);
    }
    // Nearly every part is read on its own, or the comparison would say nothing.
    assertThat(stretches).isGreaterThan(4 * SEEDS);
  }

  @Test
  void partsOfBrokenFilesAreWhatOneReaderReads() {
    for (int seed = 0; seed < SEEDS; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder("a,b\n");
      int pieces = random.nextInt(80);
      for (int i = 0; i < pieces; i++) {
        text.append(ANYTHING[random.nextInt(ANYTHING.length)]);
      }
      check("broken " + seed, text.toString(), random, 16 + random.nextInt(60), false);
    }
  }

  @Test
  void partsOfJsonLinesAreWhatOneReaderReads() {
    String[] pieces = {"{\"a\":1}\n", "{\"a\":\"x\"}\r\n", "\n", "  \n", "no JSON\n", "[1]", "\r"};
    for (int seed = 0; seed < SEEDS / 3; seed++) {
      var random = new Random(seed);
      var text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
      int count = random.nextInt(30);
      for (int i = 0; i < count; i++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      check("lines " + seed, text.toString(), random, 16 + random.nextInt(60), true);
    }
  }

  @Test
  void fileWithOneLongLineAndNoLineEndsIsOneStretch() {
    Random random = new Random(1);
    assertThat(check("no ends", "a,b\r1,2\r3,4\r5,6", random, 1 << 20, false)).isEqualTo(1);
  }

  @Test
  void compressedFilesAndSmallOnesAreNotDivided() throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(zipped)) {
      gzip.write("a\n1\n2\n3\n".repeat(100).getBytes(StandardCharsets.UTF_8));
    }
    try (var compressed = open(file(directory, "z.csv", zipped.toByteArray()), 99, false);
        var small = open(file(directory, "s.csv", "a\n1\n2\n"), 99, false)) {
      assertThat(compressed.divided(5)).isEmpty();
      assertThat(small.divided(5)).isEmpty();
      assertThat(small.divided(3)).isPresent();
    }
  }

  private static String csv(Random random) {
    String lineEnd = random.nextInt(3) == 0 ? "\r\n" : "\n";
    var text = new StringBuilder(random.nextInt(4) == 0 ? "\uFEFF" : "");
    text.append(random.nextInt(5) == 0 ? "\"a\nb\",c" : "a,c");
    int rows = random.nextInt(40);
    for (int row = 0; row < rows; row++) {
      text.append(lineEnd.repeat(1 + (random.nextInt(8) == 0 ? 1 : 0)));
      text.append(cell(random)).append(',').append(cell(random));
    }
    return text.append(random.nextBoolean() ? lineEnd : "").toString();
  }

  private static String cell(Random random) {
    var cell = new StringBuilder();
    int pieces = random.nextInt(5);
    for (int i = 0; i < pieces; i++) {
      cell.append(WELL_FORMED[random.nextInt(WELL_FORMED.length)]);
    }
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain && random.nextBoolean() ? cell.toString() : '"' + cell.toString() + '"';
  }

  /// @return how many stretches there were
  private int check(String what, String text, Random random, int maxRowBytes, boolean json) {
    Path file = file(directory, json ? "in.jsonl" : "in.csv", text);
    long partBytes = 1L + random.nextInt(random.nextBoolean() ? 12 : 90);
    try (FileSource whole = open(file, maxRowBytes, json);
        FileSource parts = open(file, maxRowBytes, json)) {
      Reading expected = Reading.of(whole);
      Optional<Division> division = parts.divided(partBytes);
      if (division.isEmpty()) {
        return 0;
      }
      List<Stretch> stretches = stretches(division.get(), random);
      var items = new ArrayList<Item<Fields>>();
      var refusals = new ArrayList<@Nullable Reason>();
      for (Stretch stretch : stretches) {
        parts.resumeAt(stretch.from());
        parts.readUpTo(stretch.end());
        Reading read = Reading.of(parts);
        items.addAll(read.items());
        refusals.addAll(read.refusals());
      }
      assertThat(items).as("%s in %d bytes", what, partBytes).isEqualTo(expected.items());
      assertThat(refusals).as(what).isEqualTo(expected.refusals());
      return stretches.size();
    }
  }

  /// From surveys that come in any order, some of them twice.
  private static List<Stretch> stretches(Division division, Random random) {
    var parts = new ArrayList<>(IntStream.range(0, division.parts()).boxed().toList());
    parts.add(random.nextInt(division.parts()));
    Collections.shuffle(parts, random);
    Outline outline = division.outline();
    for (int part : parts) {
      List<Stretch> before = outline.stretches();
      outline.add(division.survey(part));
      assertThat(outline.stretches().subList(0, before.size())).isEqualTo(before);
    }
    assertThat(outline.isComplete()).isTrue();
    return outline.stretches();
  }

  private static FileSource open(Path file, int maxRowBytes, boolean json) {
    List<InputFile> files = Locations.expand(List.of(file.toString()));
    return json
        ? JsonLinesSource.open(files, maxRowBytes, 64)
        : CsvSource.open(
            files,
            CsvDialect.of(
                Reading.options("csv", CsvDialect.OPTIONS, "max-row-bytes=" + maxRowBytes), false),
            64);
  }
}
