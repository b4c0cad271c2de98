package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.catalog.Page;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditLogTest {

  private static final Caller ANN =
      new Caller("ann", "acme", Set.of(), Role.ADMIN, "page", "192.0.2.7");

  private final Desk desk;

  AuditLogTest(@TempDir Path directory) {
    desk = new Desk(directory);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void tellsWhoDidWhatWhenAndFromWhere() {
    desk.room.access().record(ANN, "prod", "flow.create", "f-1", "done");

    assertThat(desk.room.audit().entries("acme", 10, null).items())
        .containsExactly(
            new AuditLog.Entry(
                desk.instant(),
                "ann",
                "acme",
                "prod",
                "page",
                "192.0.2.7",
                "flow.create",
                "f-1",
                "done"));
    assertThat(desk.room.audit().entries("other", 10, null).items()).isEmpty();
  }

  @Test
  void isListedInPartsLatestFirst() {
    for (int i = 0; i < 25; i++) {
      desk.room.access().record(ANN, "", "run.start", "r" + i, "done");
      if (i % 3 == 0) {
        desk.pass(Duration.ofMillis(1));
      }
    }

    Page<AuditLog.Entry> first = desk.room.audit().entries("acme", 10, null);
    Page<AuditLog.Entry> second = desk.room.audit().entries("acme", 10, first.next());
    Page<AuditLog.Entry> third = desk.room.audit().entries("acme", 10, second.next());

    assertThat(first.items()).extracting(AuditLog.Entry::target).startsWith("r24", "r23", "r22");
    assertThat(second.items()).extracting(AuditLog.Entry::target).startsWith("r14").endsWith("r5");
    assertThat(third.items()).extracting(AuditLog.Entry::target).startsWith("r4").endsWith("r0");
    assertThat(third.next()).isNull();
  }

  @Test
  void isKeptForItsTimeOnly() {
    desk.room.access().record(ANN, "", "flow.create", "old", "done");
    desk.pass(Duration.ofDays(30).plusMillis(1));
    desk.room.access().record(ANN, "", "flow.create", "new", "done");

    assertThat(desk.room.audit().entries("acme", 10, null).items())
        .extracting(AuditLog.Entry::target)
        .containsExactly("new");
  }

  @Test
  void hostileWordsStayInOneLineAndShort() {
    String hostile = "x\r\n2026-01-01 ann flow.delete " + "y".repeat(10_000);
    var caller = new Caller("ann", "acme", Set.of(), Role.VIEWER, hostile, "::1");

    desk.room.access().record(caller, "", "flow.create", hostile, "'); DROP TABLE access_audit;--");

    AuditLog.Entry entry = desk.room.audit().entries("acme", 1, null).items().getFirst();
    assertThat(entry.client()).hasSizeLessThan(600).doesNotContain("\n").doesNotContain("\r");
    assertThat(entry.target()).hasSizeLessThan(600);
    assertThat(entry.outcome()).isEqualTo("'); DROP TABLE access_audit;--");
  }

  @Test
  void logThatCanNotBeWrittenStopsNobody() {
    desk.execute("DROP TABLE access_audit");

    desk.room.access().record(ANN, "prod", "flow.create", "f-1", "done");
  }
}
