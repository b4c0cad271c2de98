package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.waybill.Span;
import dev.waybill.UserException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// SQLite, with what only SQLite does.
final class SqliteLedgerTest extends LedgerContract {

  @TempDir Path directory;

  private String name = "ledger.db";

  @Override
  String place() {
    return file().toString();
  }

  private Path file() {
    return directory.resolve(name);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private void largeLedger() {
    SqlLedger ledger = open();
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      for (int i = 0; i < 20; i++) {
        journal.settled(Given.rejected(i + 1, i * 100 + 1, i * 100 + 100));
        journal.commit();
      }
    }
    ledger.close();
  }

  /// What `kill -9` leaves is what stands in the files at that moment.
  @ParameterizedTest
  @ValueSource(longs = {21, 22, 23, 24})
  void filesOfAKilledProcessHoldWhatItCommitted(long seed) throws IOException {
    SqlLedger living = open(machine.seenBy(1));
    var life = new JournalLife(seed);
    RunJournal<String> journal = living.begin(Given.run("r"));
    life.live(journal, 100);
    Files.copy(directory.resolve("ledger.db"), directory.resolve("copy.db"));
    Files.copy(directory.resolve("ledger.db-wal"), directory.resolve("copy.db-wal"));
    machine.kill(1);
    name = "copy.db";

    SqlLedger next = open(machine.seenBy(2));

    life.compare(next.resume("r"));
    life.compare(next, "r");
  }

  @Test
  void deliveredItemsTakeNextToNoRoomInWhicheverOrderTheyCome() throws IOException {
    SqlLedger ledger = open();
    long batch = 500;
    try (RunJournal<String> journal = ledger.begin(Given.run("r"))) {
      for (int i = 0; i < 200; i++) {
        // Pairs change places.
        int place = i ^ 1;
        journal.sends(Given.batch(i + 1, place * batch + 1, (place + 1) * batch));
        journal.commit();
        journal.settled(Given.delivered(i + 1, place * batch + 1, (place + 1) * batch));
      }
      journal.finish(Given.report(), "");
    }
    try (Stream<Span> delivered = ledger.delivered("r")) {
      assertThat(delivered).containsExactly(new Span(1, 100_000));
    }
    ledger.close();
    assertThat(Files.size(file())).isLessThan(250_000);
    assertThat(directory.resolve("ledger.db-wal")).doesNotExist();
  }

  @Test
  void newLedgerIsItsOwnersOnlyAndItsDirectoryIsMade() throws IOException {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    name = "waybill/ledger.db";

    open();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void fileThatIsNoDatabaseIsLeftAlone() throws IOException {
    Files.writeString(file(), "email,name\na@example.com,Ada\n");

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessage(
            file()
                + " is there, but is not a ledger of waybill; name another place for the ledger");
    assertThat(file()).hasContent("email,name\na@example.com,Ada\n");
  }

  @Test
  void databaseOfSomebodyElseIsLeftAlone() throws SQLException {
    run("CREATE TABLE contact (email text)");

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not a ledger of waybill");
  }

  @Test
  void ledgerOfANewerProgramIsRefused() throws SQLException {
    open().close();
    run("INSERT INTO schema_version VALUES (999, 'then')");

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is of version 999, and this program knows versions up to");
  }

  @Test
  void ledgerThatLostItsEndIsRefused() throws IOException {
    largeLedger();
    long size = Files.size(file());
    try (var cut = new RandomAccessFile(file().toFile(), "rw")) {
      cut.setLength(size / 2);
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining(
            "is damaged (%,d of its %,d bytes are there); move it away".formatted(size / 2, size));
  }

  @Test
  void ledgerWithForeignBytesInItIsCalledDamaged() throws IOException {
    largeLedger();
    try (var scribble = new RandomAccessFile(file().toFile(), "rw")) {
      scribble.seek(4096);
      scribble.write(new byte[(int) scribble.length() - 4096]);
    }

    assertThatThrownBy(() -> open().resume("r"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is damaged");
  }

  @Test
  void directoryIsNoLedger() {
    name = ".";

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is a directory; name a file in it");
  }

  @Test
  void placeThatCanNotBeMadeIsNamed() throws IOException {
    Files.writeString(directory.resolve("file"), "");
    name = "file/ledger.db";

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be opened")
        .hasMessageContaining("name another place");
  }

  @Test
  void otherDatabasesAreNoPlaceForALedger() {
    assertThatThrownBy(() -> Ledgers.open("mysql://me:hush@db/x", Durability.PROCESS))
        .isInstanceOf(UserException.class)
        .hasMessage(
            "the ledger can not be kept in mysql://me:***@db/x; name a file, or postgresql://…");
  }

  @Test
  void fullDiskIsToldAtTheCommitAndTheRunCanBeResumed() throws SQLException {
    SqlLedger roomy = open();
    try (RunJournal<String> journal = roomy.begin(Given.run("r"))) {
      journal.settled(Given.delivered(1, 1, 5));
      journal.commit();
    }
    var disk = new SmallDisk(new SqliteDatabase(file(), Durability.PROCESS));
    try (var ledger = new SqlLedger(disk, clock, machine.seenBy(2));
        RunJournal<String> journal = ledger.<String>resume("r").journal()) {
      journal.settled(Given.rejected(2, 6, 5_000));

      assertThatThrownBy(journal::commit)
          .isInstanceOf(UserException.class)
          .hasMessage("the disk of the ledger %s is full; make room, and resume the run", file());
    }
    assertThat(roomy.resume("r").recovery().settled().asList()).containsExactly(new Span(1, 5));
  }

  @Test
  void viewsTellPeopleHowARunStands() throws SQLException {
    largeLedger();
    try (Connection connection = connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT status, rejected FROM run_summary")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("interrupted");
      assertThat(row.getInt(2)).isEqualTo(2_000);
    }
  }

  /// What 1 and 2 promise: https://sqlite.org/pragma.html#pragma_synchronous.
  @ParameterizedTest
  @CsvSource({"PROCESS, 1", "POWER, 2"})
  void durabilityDecidesWhetherCommitsWaitForTheDisk(Durability durability, int synchronous)
      throws SQLException {
    open().close();
    try (Connection connection = new SqliteDatabase(file(), durability).connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("PRAGMA synchronous")) {
      assertThat(row.getInt(1)).isEqualTo(synchronous);
    }
  }
}
