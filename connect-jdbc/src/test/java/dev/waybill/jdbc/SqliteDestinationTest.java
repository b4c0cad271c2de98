package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.DestinationProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// SQLite, with what only SQLite does.
final class SqliteDestinationTest extends SqlDestinationContract {

  @TempDir Path files;

  private String file = "contacts.db";

  private Path path() {
    return files.resolve(file);
  }

  @Override
  DestinationProvider provider() {
    return new SqliteProvider();
  }

  @Override
  String address() {
    return "sqlite:" + path();
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + path());
  }

  @Test
  void providerIsFound() {
    assertThat(ServiceLoader.load(DestinationProvider.class))
        .anyMatch(provider -> provider.schemes().contains("sqlite"));
  }

  @Test
  void openingMakesNoFile() {
    open(Map.of(), Records.of("id").row("1"));

    assertThat(path()).doesNotExist();
  }

  @Test
  void freshFileNeedsNoOptions() throws Exception {
    var records = Records.of("id", "name").row("1", "Ann");

    assertThat(open(Map.of(), records).send(records.batch())).isEqualTo(Reply.accepted(1));
    assertThat(rows("select * from contacts")).containsExactly("1|Ann");
  }

  @Test
  void strictTableTellsTypeErrors() throws Exception {
    sql("create table contacts (id integer primary key, score any, age integer) strict");
    var records = Records.of("id", "age").row("1", "two");

    // Declared as text, the value gets past our own check and meets the table's.
    var destination = open(Map.of("types", "age:text"), records);

    var verdict = rejected(destination.send(records.batch()));
    assertThat(verdict.kind()).isEqualTo(Kind.PERMANENT);
    assertThat(verdict.reason().code()).isEqualTo("SQLITE_CONSTRAINT_DATATYPE");
    assertThat(verdict.reason().message())
        .isEqualTo("cannot store TEXT value in INTEGER column contacts.age");
  }

  @Test
  void lockedFileIsUnavailableAndTheNextCallPasses() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of("busy-timeout", "20ms"), records);

    try (Connection other = connect();
        var statement = other.createStatement()) {
      statement.execute("begin immediate");
      Reply reply = destination.send(records.batch());
      assertThat(reply).isInstanceOf(Reply.Unavailable.class);
      assertThat(((Reply.Unavailable) reply).reason().code()).startsWith("SQLITE_BUSY");
      statement.execute("rollback");
    }

    assertThat(destination.send(records.batch())).isEqualTo(Reply.accepted(1));
  }

  @Test
  void rowThatRollsTheTransactionBackTakesNoOtherWithIt() throws Exception {
    sql("create table contacts (id integer primary key, name text not null on conflict rollback)");
    var records = Records.of("id", "name").row("1", "Ann").row("2", "").row("3", "Eve");

    Reply reply = open(Map.of(), records).send(records.batch());

    assertThat(reply).isInstanceOf(Reply.Refused.class);
    assertThat(((Reply.Refused) reply).suspects()).isEqualTo(List.of(1));
    assertThat(rows("select * from contacts")).isEmpty();
  }

  @Test
  void rowSkippedByTheTableIsNotCountedAsDelivered() throws Exception {
    sql("create table contacts (id integer primary key on conflict ignore, name text)");
    sql("insert into contacts values (1, 'Ann')");
    var records = Records.of("id", "name").row("1", "Eve");

    var verdict = rejected(open(Map.of(), records).send(records.batch()));

    assertThat(verdict.reason().code()).isEqualTo("skipped");
  }

  @Test
  void triggerSpeaksInItsOwnWords() throws Exception {
    sql(
        CONTACTS,
        "create trigger no_bots before insert on contacts when new.email like '%bot%'"
            + " begin select raise(abort, 'bots may not enter'); end");
    var records = Records.of("id", "email").row("1", "bot@x.org");

    assertThat(reasonOfSingle(open(Map.of(), records).send(records.batch())).message())
        .isEqualTo("bots may not enter");
  }

  @Test
  void fileThatIsNoDatabaseIsNamed() throws Exception {
    file = "contacts.csv";
    Files.writeString(path(), "id,name\n1,this is a text and certainly not a database\n");

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("contacts.csv can not be used: file is not a database");
  }

  @Test
  void folderThatIsMissingIsNamed() {
    file = "no/such/contacts.db";

    assertThatThrownBy(() -> open(Map.of(), Records.of("id").row("1")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not exist");
  }

  @Test
  void damagedFileUnderwayIsFatal() throws Exception {
    sql(CONTACTS);
    var records = Records.of("id", "email").row("1", "a@x.org");
    var destination = open(Map.of(), records);
    Files.writeString(path(), "this is a text and certainly not a database ".repeat(200));

    assertThat(destination.send(records.batch())).isInstanceOf(Reply.Fatal.class);
  }
}
