package dev.waybill.files;

import static dev.waybill.files.Reading.csv;
import static dev.waybill.files.Reading.file;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.waybill.UserException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whatever the bytes, the reader accounts for each of them, or says in a sentence why it can not
/// begin; and the size of its chunks makes no difference.
///
/// `JAZZER_FUZZ=1 ./mvnw -pl connect-files -am test -Dtest=CsvFuzzTest` searches for
/// counterexamples; the ordinary build runs the seeded ones and those in this test's resources.
class CsvFuzzTest {

  private static final byte[] ALPHABET =
      "aaab,,,\"\"\"\n\n\r;\t\0ü€".getBytes(StandardCharsets.UTF_8);

  private static final String[] HEADERS = {"", "a\n", "a,b\n", "a;b\r", "\uFEFFa,b,c\r\n"};

  /// @param data the first byte chooses the chunk size, the second the options, the rest is the
  ///   file
  @FuzzTest(maxDuration = "60s")
  void everyByteIsAccountedFor(byte[] data) throws IOException {
    if (data.length < 3) {
      return;
    }
    byte[] content = Arrays.copyOfRange(data, 2, data.length);
    String[] options =
        (data[1] & 1) == 0
            ? new String[] {"max-row-bytes=16"}
            : new String[] {"delimiter=;", "quote=none"};
    Path directory = Files.createTempDirectory("waybill-fuzz");
    Path file = file(directory, "in.csv", content);
    try (var source = csv(file, 1 + (data[0] & 0x3f), options);
        var other = csv(file, FileCursor.CHUNK_SIZE, options)) {
      var reading = Reading.of(source);
      if (source.header().skippedCells() == 0) {
        Accounting.check(source, reading, content);
      }
      assertThat(reading).isEqualTo(Reading.of(other));
    } catch (UserException e) {
      assertThat(e).hasMessageEndingWith(".").hasMessageContaining("in.csv");
    } finally {
      Files.delete(file);
      Files.delete(directory);
    }
  }

  @Test
  void everyByteOfRandomRowsIsAccountedFor() throws IOException {
    var random = new Random(42);
    for (int i = 0; i < 500; i++) {
      var data = new ByteArrayOutputStream();
      data.write(random.nextInt());
      data.write(random.nextInt());
      data.writeBytes(HEADERS[random.nextInt(HEADERS.length)].getBytes(StandardCharsets.UTF_8));
      for (int length = random.nextInt(80); length > 0; length--) {
        data.write(ALPHABET[random.nextInt(ALPHABET.length)]);
      }
      everyByteIsAccountedFor(data.toByteArray());
    }
  }
}
