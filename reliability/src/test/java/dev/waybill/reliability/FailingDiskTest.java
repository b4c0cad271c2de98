package dev.waybill.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.reliability.Account.Nature;
import dev.waybill.reliability.Program.Said;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The disk is full, can not be written, or has damaged what it kept.
final class FailingDiskTest {

  private static final List<String> OPTIONS = List.of("results=/results");
  private static final long SOME_CALLS = 30;

  @TempDir Path directory;

  private final SimulatorServer server =
      SimulatorServer.start(Map.of("key", "id", "latency", "10ms"));

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private Said load(Workplace place) throws Exception {
    try (Program program = place.load(server.uri() + "/records", OPTIONS)) {
      return program.end();
    }
  }

  private static Said resume(Workplace place) throws Exception {
    try (Program program = place.resume()) {
      return program.end();
    }
  }

  private static void isOneSentence(Said said, int code, String... parts) {
    assertThat(said.code()).as(said.complaint()).isEqualTo(code);
    assertThat(said.complaint().strip())
        .hasLineCount(1)
        .startsWith("waybill: ")
        .contains(parts)
        .doesNotContain("Exception");
  }

  @Test
  void fullDiskOfTheFilesEndsTheRunAndWithRoomItIsCompleted() throws Exception {
    Path volume = directory.resolve("volume");
    try (var small = SmallVolume.mount(volume, "size=96k")) {
      var place =
          new Workplace(directory, volume.resolve("out"), directory.resolve("ledger.db"))
              .withInput();

      isOneSentence(load(place), 3, volume.toString(), "make room");
      long applied = server.count(GroundTruth::applied);
      assertThat(applied).isBetween(1L, Workplace.RECORDS - 1L);

      small.change("size=16m");
      assertThat(resume(place).code()).isIn(0, 1);
      Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
    }
  }

  @Test
  void fullDiskOfTheLedgerEndsTheRunAndWithRoomItIsCompleted() throws Exception {
    Path volume = directory.resolve("volume");
    try (var small = SmallVolume.mount(volume, "size=512k")) {
      var place =
          new Workplace(directory, directory.resolve("out"), volume.resolve("ledger.db"))
              .withInput();

      isOneSentence(load(place), 3, volume.toString(), "make room");
      assertThat(server.count(GroundTruth::applied)).isBetween(1L, Workplace.RECORDS - 1L);

      small.change("size=16m");
      assertThat(resume(place).code()).isIn(0, 1);
      Account.of(place).against(server, Nature.NOT_IDEMPOTENT);
    }
  }

  @Test
  void directoryThatCanNotBeWrittenIsToldBeforeAnythingIsSent() throws Exception {
    Path volume = directory.resolve("volume");
    try (var small = SmallVolume.mount(volume, "size=1m")) {
      small.change("ro");
      var files =
          new Workplace(directory, volume.resolve("out"), directory.resolve("ledger.db"))
              .withInput();
      isOneSentence(load(files), 2, volume.toString());

      var ledger =
          new Workplace(directory, directory.resolve("out"), volume.resolve("ledger.db"))
              .withInput();
      isOneSentence(load(ledger), 2, volume.toString());
    }
    assertThat(server.count(GroundTruth::calls)).isZero();
  }

  private Workplace killed() throws Exception {
    Workplace place = Workplace.in(directory);
    try (Program program = place.load(server.uri() + "/records", OPTIONS)) {
      while (server.count(GroundTruth::calls) < SOME_CALLS) {
        assertThat(program.endsWithin(1)).as("over before it was killed").isFalse();
      }
      program.kill();
    }
    return place;
  }

  /// What the files say of the records, when nothing else is left, is true.
  private void filesAreTrue(Workplace place) throws Exception {
    Map<String, String> files = Account.readFiles(place.out());
    assertThat(files).isNotEmpty();
    files.forEach(
        (key, file) -> {
          long applied = server.count(truth -> truth.timesApplied(key));
          assertThat(applied).as("%s in %s", key, file).isEqualTo(file.equals("success") ? 1 : 0);
        });
  }

  @Test
  void truncatedLedgerIsRefusedAndTheFilesStillTellWhatWasDelivered() throws Exception {
    Workplace place = killed();
    // What SQLite's log holds goes into the file, of which then a half is lost.
    Files.deleteIfExists(Path.of(place.ledger() + "-wal"));
    try (var file = new RandomAccessFile(place.ledger().toFile(), "rw")) {
      file.setLength(Math.max(1_000, file.length() / 2));
    }
    long calls = server.count(GroundTruth::calls);

    isOneSentence(resume(place), 2, place.ledger().toString());

    assertThat(server.count(GroundTruth::calls)).isEqualTo(calls);
    filesAreTrue(place);
  }

  @Test
  void ledgerOfForeignBytesIsRefusedAndLeftAsItIs() throws Exception {
    Workplace place = killed();
    Files.deleteIfExists(Path.of(place.ledger() + "-wal"));
    byte[] garbage =
        "these are the notes of somebody else\n"
            .repeat(1_000)
            .getBytes(java.nio.charset.StandardCharsets.UTF_8);
    Files.write(place.ledger(), garbage);
    long calls = server.count(GroundTruth::calls);

    isOneSentence(resume(place), 2, place.ledger().toString(), "is not a ledger of waybill");

    assertThat(server.count(GroundTruth::calls)).isEqualTo(calls);
    assertThat(Files.readAllBytes(place.ledger())).isEqualTo(garbage);
    filesAreTrue(place);
  }
}
