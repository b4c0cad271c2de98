package dev.waybill.debezium;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.debezium.Reader.Ledger;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {

  @TempDir Path directory;

  @Test
  void serverThatRestartsIsWaitedFor() throws IOException, SQLException {
    var ledger = new Ledger();
    int port;
    try (EmbeddedPostgres server = start(0, "replica")) {
      port = server.getPort();
      run(port, "create table t (id int primary key)", "insert into t values (1)");
      assertThatThrownBy(() -> reader(ledger, port(server)))
          .isInstanceOf(UserException.class)
          .hasMessageContainingAll("wal_level = replica", "alter system set wal_level = logical");
    }
    EmbeddedPostgres server = start(port, "logical");
    try (var reader = reader(ledger, port).until(1)) {
      run(port, "insert into t values (2)");
      reader.until(2).settle(2);
      server.close();
      reader.source.poll(reader, 10, java.time.Duration.ofMillis(500));
      server = start(port, "logical");
      run(port, "insert into t values (3)");
      assertThat(reader.until(3).texts()).containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
    } finally {
      server.close();
    }
  }

  private static int port(EmbeddedPostgres server) {
    return server.getPort();
  }

  private EmbeddedPostgres start(int port, String walLevel) throws IOException {
    var builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("data"))
            .setCleanDataDirectory(false)
            .setServerConfig("wal_level", walLevel);
    return (port == 0 ? builder : builder.setPort(port)).start();
  }

  private static Reader reader(Ledger ledger, int port) {
    return new Reader(
        ledger,
        "postgresql-changes://postgres@localhost:" + port + "/postgres",
        Map.of("table", "t"));
  }

  private static void run(int port, String... statements) throws SQLException {
    try (var connection =
        DriverManager.getConnection(
            "jdbc:postgresql://localhost:" + port + "/postgres", "postgres", "")) {
      PostgresServer.run(connection, statements);
    }
  }
}
