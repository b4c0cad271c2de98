package dev.waybill.server.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import dev.waybill.server.catalog.FlowRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhooksTest {

  private final Watch watch;
  private final Receiver receiver = new Receiver();
  private final Alerts alerts;

  WebhooksTest(@TempDir Path directory) throws IOException {
    watch = new Watch(directory);
    alerts = watch.alerts(null);
  }

  @AfterEach
  void close() {
    receiver.close();
    watch.close();
  }

  private FlowRun fails(AlertRule.Channel to) throws InterruptedException {
    return fails(alerts, to);
  }

  private FlowRun fails(Alerts alerts, AlertRule.Channel to) throws InterruptedException {
    alerts.set(watch.flow, Watch.failed(to));
    watch.pass(Duration.ofMinutes(1));
    FlowRun run = watch.ran(FlowRun.State.FAILED, 1000, 12);
    alerts.look();
    return run;
  }

  private Alerts.Told told() {
    return alerts.told(watch.flow, 1).getFirst();
  }

  private static Fields fields(@Nullable Object value) {
    if (value instanceof Fields fields) {
      return fields;
    }
    throw new AssertionError(value);
  }

  @Test
  void noticeIsSignedSoThatItsReceiverCanBeSure() throws Exception {
    FlowRun run = fails(receiver.channel());

    Receiver.Got got = receiver.got.getFirst();
    assertThat(got.header("webhook-timestamp"))
        .isEqualTo(Long.toString(watch.instant().getEpochSecond()));
    // As the Standard Webhooks specification says, reckoned apart from the code.
    Mac mac = Mac.getInstance("HmacSHA256");
    byte[] key = Base64.getDecoder().decode(Watch.SECRET.substring("whsec_".length()));
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    String signed =
        got.header("webhook-id") + "." + got.header("webhook-timestamp") + "." + got.body();
    assertThat(got.header("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
    assertThat(got.header("content-type")).isEqualTo("application/json");

    Fields body = fields(Json.read(got.body()));
    assertThat(body.get("type")).isEqualTo("alert.begun");
    assertThat(body.get("text")).isEqualTo("Flow contacts: the last run failed");
    assertThat(fields(body.get("flow")).get("id")).isEqualTo(watch.flow.id());
    Fields told = fields(body.get("run"));
    assertThat(told.get("id")).isEqualTo(run.id());
    assertThat(told.get("error")).isEqualTo("the destination is down");
    assertThat(told.get("link")).isEqualTo("https://waybill.example/runs/" + run.id());
    assertThat(told().state()).isEqualTo("sent");
  }

  @Test
  void receiverThatFailsFirstGetsItAgainWithTheSameId() throws Exception {
    receiver.answers(503, 500, 429);

    fails(receiver.channel());

    assertThat(receiver.got).hasSize(4);
    assertThat(receiver.got)
        .extracting(got -> got.header("webhook-id"))
        .containsOnly(receiver.got.getFirst().header("webhook-id"));
    assertThat(told().state()).isEqualTo("sent");
  }

  @Test
  void receiverThatDoesNotWantItIsNotAskedAgain() throws Exception {
    receiver.answers(410);

    fails(receiver.channel());
    watch.pass(Duration.ofHours(2));
    alerts.look();

    assertThat(receiver.got).hasSize(1);
    assertThat(told().state()).isEqualTo("given up");
    assertThat(told().error()).contains("410");
  }

  @Test
  void receiverThatIsDownIsToldWhenItIsBack() throws Exception {
    var down = new AlertRule.Channel.Webhook("http://127.0.0.1:1/hook", "secret:hook");
    fails(watch.hasty(null), down);
    assertThat(told().state()).isEqualTo("waiting");
    assertThat(told().error()).contains("127.0.0.1:1");

    // Back under another port: what waits is led there.
    watch.store.write(
        handle ->
            handle
                .createUpdate("UPDATE alert_notice SET channel = :channel")
                .bind("channel", Json.text(AlertForm.tree(receiver.channel())))
                .execute());
    watch.pass(Duration.ofSeconds(59));
    alerts.look();
    assertThat(receiver.got).isEmpty();
    watch.pass(Duration.ofMinutes(1));
    watch.alerts(null).look();

    assertThat(receiver.got).hasSize(1);
    assertThat(told().state()).isEqualTo("sent");
  }

  @Test
  void afterADayItIsGivenUp() throws Exception {
    Alerts hasty = watch.hasty(null);
    fails(hasty, new AlertRule.Channel.Webhook("http://127.0.0.1:1/hook", "secret:hook"));

    for (int hours = 0; hours < 24 && told().state().equals("waiting"); hours += 3) {
      watch.pass(Duration.ofHours(3));
      hasty.look();
    }

    assertThat(alerts.told(watch.flow, 10).getLast().state()).isEqualTo("given up");
  }

  @Test
  void metadataAddressIsNotCalled() throws Exception {
    fails(
        watch.hasty(null),
        new AlertRule.Channel.Webhook("http://169.254.169.254/latest", "secret:hook"));

    assertThat(told().error()).contains("must not be connected to");
  }
}
