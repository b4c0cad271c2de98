package dev.waybill.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.access.Grant;
import dev.waybill.server.access.References;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.Session;
import dev.waybill.server.access.SignIn;
import dev.waybill.server.catalog.Databases;
import dev.waybill.server.catalog.FlowRun;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// That these rooms work on PostgreSQL too; what they promise is tested on SQLite.
class PostgresTest {

  @Test
  void roomsWorkOnPostgres(@TempDir Path directory) throws Exception {
    try (var watch = new Watch(directory, Databases.emptyPostgres());
        var receiver = new Receiver()) {
      var access = watch.access;
      String token =
          access
              .tokens()
              .issue(new Grant("n", "acme", Set.of("prod"), Role.ADMIN, Duration.ofDays(1)), "t")
              .text();
      assertThat(access.access().byToken(token, "c")).isPresent();
      Session session = ((SignIn.Done) access.sessions().signIn(token, "::1")).session();
      watch.pass(Duration.ofMinutes(2));
      assertThat(access.sessions().find(session.cookie(), "::1")).isPresent();
      access.sessions().signOut(session);
      assertThat(access.audit().entries("acme", 1, null).next()).isNotNull();
      access.secrets().set(Watch.TENANT, "hook", "another", "ann");
      assertThat(access.secrets().rotateKey()).isEqualTo(1);
      assertThat(access.secrets().of(Watch.TENANT, References.NONE).reveal("secret:hook"))
          .isEqualTo("another");
      assertThat(access.tokens().withdraw("acme", token.substring(0, 15))).isTrue();

      Alerts alerts = watch.alerts(null);
      alerts.set(watch.flow, Watch.failed(receiver.channel()));
      watch.pass(Duration.ofMinutes(1));
      watch.ran(FlowRun.State.FAILED, 10, 0);
      alerts.look();
      watch.alerts(null).look();

      assertThat(receiver.got).hasSize(1);
      assertThat(alerts.told(watch.flow, 10).getFirst().state()).isEqualTo("sent");
      watch.pass(Duration.ofDays(40));
      alerts.set(watch.flow, java.util.List.of());
      alerts.look();
      assertThat(alerts.told(watch.flow, 10)).isEmpty();
    }
  }
}
