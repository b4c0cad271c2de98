package dev.waybill.bench;

import com.sun.management.OperatingSystemMXBean;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.files.CsvProvider;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Options;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Reads one generated CSV file into texts, with Waybill's reader and with FastCSV, turn by turn in
/// one JVM, and checks that both saw the same.
///
/// `java -cp … dev.waybill.bench.CsvReading [MEGABYTES [ROUNDS]]`; pin it to a core with `taskset
/// -c 0` to compare with the figures in PERFORMANCE.md.
public final class CsvReading {

  private static final int SEED = 20261121;
  private static final String[] FIRST = {
    "Ada", "Jürgen", "Zoë", "Søren", "Mary", "山田", "Noël", "Ian"
  };
  private static final String[] LAST = {
    "Lovelace", "Müller", "O\"\"Hara", "Smith", "太郎", "de la Cruz"
  };
  private static final String[] CITY = {"London", "Zürich", "São Paulo", "Springfield, IL", "東京"};

  private CsvReading() {}

  /// What a reader saw: enough to tell whether two saw the same.
  private record Seen(long records, long characters) {}

  private interface Reader {
    Seen read(Path file) throws IOException;
  }

  public static void main(String... arguments) throws IOException {
    int megabytes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 200;
    int rounds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    Path file = Files.createTempFile("waybill-csv-reading", ".csv");
    try {
      generate(file, megabytes * 1_000_000L);
      System.out.printf("%,d bytes, seed %d%n", Files.size(file), SEED);
      var readers =
          Map.<String, Reader>of("waybill", CsvReading::waybill, "fastcsv", CsvReading::fastCsv);
      for (int round = 1; round <= rounds; round++) {
        for (String name : List.of("waybill", "fastcsv")) {
          long start = System.nanoTime();
          long startCpu = cpuNanos();
          Seen seen = readers.getOrDefault(name, CsvReading::waybill).read(file);
          double seconds = (System.nanoTime() - start) / 1e9;
          double cpuSeconds = (cpuNanos() - startCpu) / 1e9;
          double size = Files.size(file) / 1e6;
          System.out.printf(
              "round %d  %-8s %5.0f MB/s  %5.0f MB/CPU s  %,d records, %,d characters%n",
              round, name, size / seconds, size / cpuSeconds, seen.records(), seen.characters());
        }
      }
    } finally {
      Files.delete(file);
    }
  }

  /// CPU time of the whole process, collector and compiler included: on a machine that does other
  /// work as well it says more than the clock.
  private static long cpuNanos() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getProcessCpuTime();
  }

  /// Contacts of about 160 bytes with quoted cells, doubled quotes, line ends in cells, and one
  /// cell in four beyond ASCII.
  static void generate(Path file, long bytes) throws IOException {
    var random = new Random(SEED);
    try (var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      out.write(
          "id,email,firstName,lastName,city,birthday,optIn,score,note\n"
              .getBytes(StandardCharsets.UTF_8));
      long written = 0;
      for (long id = 1; written < bytes; id++) {
        var row = new StringBuilder(200);
        row.append(id).append(",\"user").append(id).append("@mail").append(random.nextInt(100));
        row.append(".example.com\",\"").append(pick(random, FIRST)).append("\",\"");
        row.append(pick(random, LAST)).append("\",\"").append(pick(random, CITY)).append("\",");
        row.append(1 + random.nextInt(12)).append('/').append(1 + random.nextInt(28));
        row.append('/').append(1940 + random.nextInt(60)).append(',');
        row.append(random.nextBoolean()).append(',').append(random.nextInt(100_000)).append(",\"");
        row.append("Said \"\"call me back\"\" on day ").append(random.nextInt(365));
        row.append(random.nextInt(4) == 0 ? ",\nthen hung up" : ", and nothing else");
        row.append("; prefers letters to e-mail\"\n");
        byte[] line = row.toString().getBytes(StandardCharsets.UTF_8);
        out.write(line);
        written += line.length;
      }
    }
  }

  private static String pick(Random random, String[] from) {
    return from[random.nextInt(from.length)];
  }

  private static Seen waybill(Path file) {
    var provider = new CsvProvider();
    var options = Options.of("csv", provider.options(), Map.of());
    var count = new Count();
    try (var source = provider.open(List.of(file.toString()), options)) {
      while (source.next(count)) {
        // counted
      }
    }
    return new Seen(count.records, count.characters);
  }

  private static final class Count implements Intake<Fields> {
    private long records;
    private long characters;

    @Override
    public void accept(Item<Fields> item) {
      records++;
      Fields fields = item.payload();
      for (int i = 0; i < fields.size(); i++) {
        characters += fields.value(i) instanceof String text ? text.length() : 0;
      }
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      throw new IllegalStateException(reason.message());
    }
  }

  private static Seen fastCsv(Path file) throws IOException {
    long records = 0;
    long characters = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(file)) {
      for (CsvRecord row : reader) {
        records++;
        for (int i = 0; i < row.getFieldCount(); i++) {
          characters += row.getField(i).length();
        }
      }
    }
    // Its first record is the header.
    return new Seen(
        records - 1, characters - "idemailfirstNamelastNamecitybirthdayoptInscorenote".length());
  }
}
