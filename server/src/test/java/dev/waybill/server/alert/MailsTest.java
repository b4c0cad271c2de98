package dev.waybill.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.catalog.FlowRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MailsTest {

  private final Watch watch;
  private final MailServer server = new MailServer();
  private final MailSettings settings;
  private final Alerts alerts;

  MailsTest(@TempDir Path directory) throws IOException {
    watch = new Watch(directory);
    settings =
        MailSettings.of("smtp+plain://127.0.0.1:" + server.port(), null, "waybill@example.org");
    alerts = watch.alerts(settings);
  }

  @AfterEach
  void close() throws IOException {
    server.close();
    watch.close();
  }

  private void fails() throws InterruptedException {
    fails(alerts);
  }

  private void fails(Alerts alerts) throws InterruptedException {
    alerts.set(watch.flow, Watch.failed(new AlertRule.Channel.Mail("ops@example.org")));
    watch.pass(Duration.ofMinutes(1));
    watch.ran(FlowRun.State.FAILED, 1000, 12);
    alerts.look();
  }

  private Alerts.Told told() {
    return alerts.told(watch.flow, 1).getFirst();
  }

  @Test
  void mailTellsWhatHappened() throws Exception {
    fails();

    assertThat(server.recipients.getFirst()).contains("<ops@example.org>");
    assertThat(server.messages.getFirst())
        .contains("From: waybill@example.org", "To: ops@example.org")
        .contains("Subject: Flow contacts: the last run failed")
        .contains("Auto-Submitted: auto-generated")
        .contains("the destination is down")
        .contains("Of 1,000 records read, 988 were delivered, 12 rejected")
        .contains("https://waybill.example/runs/");
    assertThat(told().state()).isEqualTo("sent");
  }

  @Test
  void serverThatIsBusyGetsItAgain() throws Exception {
    server.answers("451 greylisted, come back");

    fails();

    assertThat(server.recipients).hasSize(2);
    assertThat(server.messages).hasSize(1);
    assertThat(told().state()).isEqualTo("sent");
  }

  @Test
  void mailboxThatIsNotThereIsGivenUp() throws Exception {
    server.answers("550 no such user");

    fails();

    assertThat(server.messages).isEmpty();
    assertThat(told().state()).isEqualTo("given up");
    assertThat(told().error()).contains("550 no such user");
  }

  @Test
  void serverThatIsDownIsTriedLater() throws Exception {
    server.close();

    fails(watch.hasty(settings));

    assertThat(told().state()).isEqualTo("waiting");
    assertThat(told().error()).contains("the mail server");
  }

  @Test
  void lineIsSafeUnlessSaidOtherwise() {
    assertThat(MailSettings.of("smtp://ann@mail.example", "x", "a@b.example"))
        .isEqualTo(
            new MailSettings(
                "mail.example", 587, MailSettings.Line.STARTTLS, "ann", "x", "a@b.example"))
        .hasToString("mail.example:587");
    assertThat(MailSettings.of("smtps://mail.example", null, "a@b.example").port()).isEqualTo(465);
    assertThatThrownBy(() -> MailSettings.of("smtp://ann:pw@mail.example", null, "a@b.example"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--smtp")
        .hasMessageNotContaining("pw@");
  }

  @Test
  void serverWithoutTlsGetsNothingWhereTlsIsAskedFor() throws Exception {
    fails(
        watch.hasty(
            MailSettings.of("smtp://127.0.0.1:" + server.port(), null, "waybill@example.org")));

    assertThat(server.messages).isEmpty();
    assertThat(told().state()).isEqualTo("waiting");
  }
}
