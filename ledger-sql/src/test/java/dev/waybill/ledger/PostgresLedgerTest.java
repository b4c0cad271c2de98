package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.sql.PostgresAddress;
import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// PostgreSQL, with what only PostgreSQL does.
final class PostgresLedgerTest extends LedgerContract {

  @BeforeEach
  void empty() throws SQLException {
    PostgresServer.empty();
  }

  @Override
  String place() {
    return PostgresServer.address();
  }

  @Test
  void userNameAndPasswordMayStandInTheAddress() {
    PostgresAddress address = PostgresAddress.of("postgresql://me:p%40ss+1@db:5433/crm").get();

    assertThat(address.url()).isEqualTo("jdbc:postgresql://db:5433/crm");
    assertThat(address.user()).contains("me");
    assertThat(address.password()).contains("p@ss+1");
    assertThat(PostgresAddress.of("jdbc:postgresql://db/crm?user=me").get().url())
        .isEqualTo("jdbc:postgresql://db/crm?user=me");
    assertThat(PostgresAddress.of("/var/ledger.db")).isEmpty();
  }

  @Test
  void serverThatIsNotThereIsNamedWithoutThePassword() {
    assertThatThrownBy(
            () -> Ledgers.open("postgresql://me:hush@localhost:1/crm", Durability.PROCESS))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the ledger postgresql://localhost:1/crm can not be reached")
        .hasMessageNotContaining("hush");
  }

  @Test
  void databaseThatIsNotThereIsToBeCreated() {
    String place = PostgresServer.address().replaceFirst("/[a-z]*$", "/nowhere");

    assertThatThrownBy(() -> Ledgers.open(place, Durability.POWER))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not there; create it first");
  }

  @Test
  void schemaOfSomebodyElseIsLeftAlone() throws SQLException {
    try (var connection = PostgresServer.connect();
        var statement = connection.createStatement()) {
      statement.execute("CREATE SCHEMA waybill");
      statement.execute("CREATE TABLE waybill.freight (id int)");
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds tables of somebody else");
  }

  @Test
  void schemaOfANewerProgramIsRefused() throws SQLException {
    open().close();
    try (var connection = PostgresServer.connect();
        var statement = connection.createStatement()) {
      statement.execute("INSERT INTO waybill.schema_version VALUES (999, 'then')");
    }

    assertThatThrownBy(this::open).hasMessageContaining("is of version 999");
  }
}
