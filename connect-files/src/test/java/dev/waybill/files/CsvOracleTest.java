package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Compares what we read with what FastCSV reads, over generated files.
class CsvOracleTest {

  private static final String[] PIECES = {
    "a",
    "Z",
    "7",
    " ",
    "ü",
    "€",
    "😀",
    ",",
    "\"",
    "\n",
    "\r",
    "\r\n",
    ";",
    "\t",
    "longer words here"
  };
  private static final String[] LINE_ENDS = {"\n", "\r\n", "\r"};

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 64, 1024, FileCursor.CHUNK_SIZE})
  void readsWhatFastCsvReads(int chunkSize) {
    for (int seed = 0; seed < 150; seed++) {
      String text = generate(new Random(seed));
      Path file = file(directory, "in.csv", text);
      try (var source = csv(file, chunkSize)) {
        var reading = Reading.of(source);
        assertThat(reading.complaints()).as("seed %d", seed).isEmpty();
        List<List<String>> rows = new ArrayList<>();
        for (var row : reading.rows()) {
          rows.add(row.stream().map(cell -> cell == null ? "" : (String) cell).toList());
        }
        var expected = fastCsv(text);
        assertThat(source.columns().asList()).isEqualTo(expected.getFirst());
        assertThat(rows).as("seed %d", seed).isEqualTo(expected.subList(1, expected.size()));
        Accounting.check(source, reading, text.getBytes(StandardCharsets.UTF_8));
        Accounting.checkLines(reading, text.getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static List<List<String>> fastCsv(String text) {
    var rows = new ArrayList<List<String>>();
    CsvReader.builder().ofCsvRecord(text).stream().map(CsvRecord::getFields).forEach(rows::add);
    return rows;
  }

  private static String generate(Random random) {
    int columns = 1 + random.nextInt(4);
    String lineEnd = LINE_ENDS[random.nextInt(LINE_ENDS.length)];
    var text = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      text.append(i == 0 ? "" : ",").append("column").append(i);
    }
    int rows = random.nextInt(20);
    for (int row = 0; row < rows; row++) {
      text.append(lineEnd.repeat(1 + (random.nextInt(8) == 0 ? 1 : 0)));
      for (int i = 0; i < columns; i++) {
        text.append(i == 0 ? "" : ",").append(cell(random));
      }
    }
    return text.append(random.nextBoolean() ? lineEnd : "").toString();
  }

  private static String cell(Random random) {
    var cell = new StringBuilder();
    int pieces = random.nextInt(4);
    for (int i = 0; i < pieces; i++) {
      cell.append(PIECES[random.nextInt(PIECES.length)]);
    }
    boolean plain = cell.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain && random.nextBoolean()
        ? cell.toString()
        : '"' + cell.toString().replace("\"", "\"\"") + '"';
  }
}
