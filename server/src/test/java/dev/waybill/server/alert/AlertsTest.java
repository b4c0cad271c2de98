package dev.waybill.server.alert;

import static dev.waybill.server.catalog.FlowRun.State.FAILED;
import static dev.waybill.server.catalog.FlowRun.State.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.AlertRule.Condition.Runs;
import dev.waybill.server.catalog.FlowRun;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {

  private final Watch watch;
  private final Receiver receiver = new Receiver();
  private final Alerts alerts;

  AlertsTest(@TempDir Path directory) throws IOException {
    watch = new Watch(directory);
    alerts = watch.alerts(null);
  }

  @AfterEach
  void close() {
    receiver.close();
    watch.close();
  }

  private void watches(Condition condition) {
    alerts.set(watch.flow, List.of(new AlertRule("r", condition, List.of(receiver.channel()))));
  }

  private List<String> told() {
    return alerts.told(watch.flow, 100).reversed().stream().map(Alerts.Told::text).toList();
  }

  private void runs(FlowRun.State state) throws InterruptedException {
    watch.pass(Duration.ofMinutes(10));
    watch.ran(state, 10, 0);
    alerts.look();
  }

  @Test
  void failureIsToldWhenItBeginsAndWhenItIsOver() throws Exception {
    watches(new Condition.Failed());

    runs(SUCCESS);
    assertThat(told()).isEmpty();
    runs(FAILED);
    runs(FAILED);
    runs(FAILED);
    assertThat(told()).containsExactly("Flow contacts: the last run failed");
    assertThat(alerts.standing(watch.flow, "r").orElseThrow().raisedAt()).isNotNull();
    runs(SUCCESS);
    runs(SUCCESS);

    assertThat(told())
        .containsExactly(
            "Flow contacts: the last run failed", "Flow contacts: the last run succeeded again");
    assertThat(receiver.got).hasSize(2);
    assertThat(alerts.standing(watch.flow, "r")).contains(Standing.QUIET);
  }

  @Test
  void runsBetweenTwoLooksAreAllSeen() throws Exception {
    watches(new Condition.Failed());
    watch.pass(Duration.ofMinutes(1));
    watch.ran(FAILED, 10, 0);
    watch.pass(Duration.ofMillis(1));
    watch.ran(SUCCESS, 10, 0);

    alerts.look();

    assertThat(told()).hasSize(2);
  }

  @Test
  void whatHappenedBeforeTheRuleDoesNotCount() throws Exception {
    watch.ran(FAILED, 10, 0);
    watch.pass(Duration.ofMinutes(1));
    watches(new Condition.Failed());

    alerts.look();

    assertThat(told()).isEmpty();
  }

  @Test
  void reminderComesOnceADay() throws Exception {
    watches(new Condition.Failed());
    runs(FAILED);
    for (int hour = 0; hour < 49; hour++) {
      watch.pass(Duration.ofHours(1));
      alerts.look();
    }

    assertThat(told())
        .containsExactly(
            "Flow contacts: the last run failed",
            "Flow contacts: still: the last run failed",
            "Flow contacts: still: the last run failed");
  }

  @Test
  void cancelledRunIsNoFailure() throws Exception {
    watches(new Condition.Failed());
    watch.pass(Duration.ofMinutes(1));
    watch.ran(FAILED, 10, 0, true);

    alerts.look();

    assertThat(told()).isEmpty();
  }

  @Test
  void shareOfRejectedRecordsIsWatched() throws Exception {
    watches(new Condition.Rejected(5));
    watch.pass(Duration.ofMinutes(1));
    watch.ran(SUCCESS, 1000, 50);
    alerts.look();
    assertThat(told()).isEmpty();
    watch.pass(Duration.ofMinutes(1));
    watch.ran(SUCCESS, 1000, 51);
    alerts.look();
    watch.pass(Duration.ofMinutes(1));
    watch.ran(SUCCESS, 0, 0);
    alerts.look();

    assertThat(told())
        .containsExactly(
            "Flow contacts: 51 of 1,000 records were rejected, more than 5 %",
            "Flow contacts: no more than 5 % of the records were rejected again");
  }

  @Test
  void silenceIsToldAndItsEnd() throws Exception {
    watches(new Condition.Silent(Duration.ofHours(26), Runs.SUCCESSFUL));
    watch.pass(Duration.ofHours(25));
    runs(FAILED);
    assertThat(told()).isEmpty();
    watch.pass(Duration.ofHours(1));
    alerts.look();
    assertThat(told()).containsExactly("Flow contacts: no run succeeded for 26 h");
    runs(SUCCESS);
    assertThat(told()).hasSize(2).last().isEqualTo("Flow contacts: runs end again");
    watch.pass(Duration.ofHours(26));
    alerts.look();
    assertThat(told()).hasSize(2);
    watch.pass(Duration.ofMillis(1));
    alerts.look();
    assertThat(told()).hasSize(3);
  }

  @Test
  void anyRunEndsASilenceOfAllRuns() throws Exception {
    watches(new Condition.Silent(Duration.ofHours(1), Runs.ANY));
    for (int i = 0; i < 12; i++) {
      runs(FAILED);
    }

    assertThat(told()).isEmpty();
  }

  @Test
  void flowThatIsNotToRunIsSilentForGoodReason() throws Exception {
    watches(new Condition.Silent(Duration.ofHours(1), Runs.ANY));
    watch.disable();
    watch.pass(Duration.ofDays(2));

    alerts.look();

    assertThat(told()).isEmpty();
  }

  @Test
  void restartAndOtherProcessesRepeatNothing() throws Exception {
    watches(new Condition.Failed());
    runs(FAILED);
    watch.alerts(null).look();
    assertThat(told()).hasSize(1);

    // Two that have read the same standing, and both find the end of the trouble.
    var tables = new AlertTables(watch.store);
    WatchedRule both = tables.all().getFirst();
    watch.pass(Duration.ofMinutes(1));
    watch.ran(SUCCESS, 10, 0);
    Lookout.Look look = new Lookout(watch.catalog).look(both, watch.flow, watch.instant());
    for (int process = 0; process < 2; process++) {
      Notice notice =
          new Wording(null)
              .notice(both, watch.flow, look.findings().getFirst(), receiver.channel());
      tables.move(both, look.after(), List.of(notice));
    }

    assertThat(told()).hasSize(2);
    alerts.look();
    watch.alerts(null).look();
    assertThat(receiver.got).hasSize(2);
  }

  @Test
  void ruleThatStaysAsItIsGoesOnWhereItStands() throws Exception {
    watches(new Condition.Failed());
    runs(FAILED);

    var more =
        List.of(
            new AlertRule("r", new Condition.Failed(), List.of(receiver.channel())),
            new AlertRule("s", new Condition.Rejected(1), List.of(receiver.channel())));
    alerts.set(watch.flow, more);
    alerts.look();

    assertThat(alerts.rules(watch.flow)).isEqualTo(more);
    assertThat(told()).hasSize(1);
    alerts.set(watch.flow, List.of());
    assertThat(alerts.rules(watch.flow)).isEmpty();
  }

  @Test
  void rulesOfAFlowThatIsGoneAreForgotten() throws Exception {
    watches(new Condition.Failed());
    watch.catalog.remove(watch.flow);

    alerts.look();

    assertThat(new AlertTables(watch.store).all()).isEmpty();
  }

  @Test
  void channelThatCanNotWorkIsRefusedAtOnce() {
    assertThatThrownBy(
            () -> alerts.set(watch.flow, Watch.failed(new Channel.Mail("ops@example.org"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--smtp");
    assertThatThrownBy(
            () ->
                alerts.set(
                    watch.flow,
                    Watch.failed(new Channel.Webhook("https://x.example", "secret:none"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no secret none in acme/prod");
  }

  @Test
  void watchingThreadLooksWhenARunHasEnded() throws Exception {
    watches(new Condition.Failed());
    alerts.start();
    watch.pass(Duration.ofMinutes(1));
    watch.ran(FAILED, 10, 0);
    try {
      assertThat(receiver.arrivals.poll(30, TimeUnit.SECONDS)).isNotNull();
    } finally {
      alerts.close();
    }
    assertThat(told()).hasSize(1);
  }
}
