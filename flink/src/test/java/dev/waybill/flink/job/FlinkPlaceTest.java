package dev.waybill.flink.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.UserException;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.place.Place;
import dev.waybill.flow.place.Places;
import dev.waybill.flow.place.ReceiptLines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlinkPlaceTest {

  @TempDir private Path folder;

  @Test
  void jobOverTwoFilesLeavesFilesInTheirFormatAndNumbersRecordsAsOneReaderWould() throws Exception {
    Path first =
        Files.writeString(
            folder.resolve("a.csv"),
            "id,name\n1,Ada\n2,\"two\nlines\"\n3,bad-one\n4,short,too,long\n");
    Path second = Files.writeString(folder.resolve("b.csv"), "id,name\n5,Eve\n6,bad-two");
    Job job = job(List.of(first, second), "bad", "name startsWith bad");
    Path out = folder.resolve("out");

    Place.Done done =
        Places.at("flink:local")
            .run("flink:local?parallelism=2", new Place.Order("run-1", job, "csv", out), t -> {});

    assertThat(done.failure()).isNull();
    assertThat(done.tally().delivered()).isEqualTo(3);
    assertThat(done.tally().rejected()).isEqualTo(3);
    assertThat(rows(out.resolve("fail")))
        .anyMatch(row -> row.endsWith(",3,bad-one"))
        .anyMatch(row -> row.endsWith(",6,bad-two"))
        .anyMatch(row -> row.contains("4,short,too,long"))
        .contains("batch,line,key,error,id,name");
    var ends = new TreeMap<Long, Disposition>();
    ReceiptLines.read(
        out.resolve("receipts"),
        settlement ->
            settlement.items().forEach(item -> ends.put(item.ordinal(), settlement.disposition())));
    assertThat(ends.keySet()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    assertThat(ends)
        .containsEntry(3L, Disposition.REJECTED)
        .containsEntry(5L, Disposition.DELIVERED);
  }

  @Test
  void whatCouldNotBeSentLiesReadyToBeLoadedAgain() throws Exception {
    Path file = Files.writeString(folder.resolve("c.csv"), "id,name\r\n1,Ada\r\n2,Bea\r\n");
    Job job = job(List.of(file), "drop", "1");
    Path out = folder.resolve("out");

    Place.Done done =
        Places.at("flink:local")
            .run("flink:local?parallelism=1", new Place.Order("run-2", job, "csv", out), t -> {});

    assertThat(done.tally().unknown()).isEqualTo(2);
    try (Stream<Path> files = Files.list(out.resolve("retry"))) {
      assertThat(files.filter(path -> !path.toFile().isHidden()))
          .singleElement()
          .satisfies(
              path ->
                  assertThat(Files.readString(path)).isEqualTo("id,name\r\n1,Ada\r\n2,Bea\r\n"));
    }
  }

  @Test
  void wrongAddressesAreNamed() {
    Place place = Places.at("flink:local");
    var order = new Place.Order("run-3", job(List.of(folder), "bad", "0"), "csv", folder);
    assertThatThrownBy(() -> place.run("flink:somewhere", order, t -> {}))
        .isInstanceOf(UserException.class)
        .hasMessage("--on takes flink:local or flink://HOST:PORT, not 'flink:somewhere'.");
    assertThatThrownBy(() -> place.run("flink:local?slots=3", order, t -> {}))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("?parallelism=NUMBER and &savepoint=PLACE");
  }

  private static Job job(List<Path> files, String option, String value) {
    var settings = new JobSettings();
    settings.files(files.stream().map(Path::toString).toList());
    settings.set(JobKey.TO, new Given("sim:", "--to"));
    settings.set(JobKey.MAX_ATTEMPTS, new Given("1", "--max-attempts"));
    settings.destinationOption(option, value);
    return settings.job();
  }

  private static List<String> rows(Path folder) throws IOException {
    var rows = new ArrayList<String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(path -> !path.toFile().isHidden()).toList()) {
        rows.addAll(Files.readAllLines(file));
      }
    }
    return rows;
  }
}
