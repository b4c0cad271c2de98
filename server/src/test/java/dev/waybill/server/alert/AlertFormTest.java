package dev.waybill.server.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.server.alert.AlertRule.Channel;
import dev.waybill.server.alert.AlertRule.Condition;
import dev.waybill.server.alert.AlertRule.Condition.Runs;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlertFormTest {

  @Test
  void rulesAreReadAndWrittenAlike() {
    List<AlertRule> rules =
        AlertForm.read(
            """
            [{"when": "failed", "to": [{"mail": "ops@example.org"}]},
             {"id": "many", "when": "rejected", "abovePercent": 2.5,
              "to": [{"webhook": "https://example.org/hook", "secret": "secret:hook"}]},
             {"when": "silent", "for": "26h", "to": [{"mail": "ops@example.org"}]}]
            """);

    assertThat(rules)
        .containsExactly(
            new AlertRule(
                "failed", new Condition.Failed(), List.of(new Channel.Mail("ops@example.org"))),
            new AlertRule(
                "many",
                new Condition.Rejected(2.5),
                List.of(new Channel.Webhook("https://example.org/hook", "secret:hook"))),
            new AlertRule(
                "silent",
                new Condition.Silent(Duration.ofHours(26), Runs.SUCCESSFUL),
                List.of(new Channel.Mail("ops@example.org"))));
    assertThat(AlertForm.read(Json.text(AlertForm.tree(rules)))).isEqualTo(rules);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | a list",
        "[1] | A rule is a JSON object",
        "[{'when':'late','to':[]}] | when takes failed, rejected or silent",
        "[{'when':'failed','to':[]}] | 1 to 10 places",
        "[{'when':'failed','above':1,'to':[]}] | There is no 'above'",
        "[{'when':'rejected','abovePercent':101,'to':[{'mail':'a@b.cd'}]}] | 0 to 100",
        "[{'when':'rejected','to':[{'mail':'a@b.cd'}]}] | abovePercent",
        "[{'when':'silent','for':'1s','to':[{'mail':'a@b.cd'}]}] | at least 1m",
        "[{'when':'silent','for':'soon','to':[{'mail':'a@b.cd'}]}] | a length of time",
        "[{'when':'failed','to':[{'mail':'a@b.cd, c@d.ef'}]}] | one address",
        "[{'when':'failed','to':[{'mail':'a@b.cd%0aBcc: x@y.z'}]}] | one address",
        "[{'when':'failed','to':[{'webhook':'https://x.y'}]}] | A webhook is signed",
        "[{'when':'failed','to':[{'webhook':'file:///etc/passwd','secret':'secret:x'}]}] | webhook takes",
        "[{'when':'failed','to':[{'webhook':'https://u:p@x.y','secret':'secret:x'}]}] | webhook takes",
        "[{'when':'failed','to':[{'webhook':'https://x.y','secret':'env:HOME'}]}] | A webhook is signed",
        "[{'id':'../x','when':'failed','to':[{'mail':'a@b.cd'}]}] | id takes",
        "[{'when':'failed','to':[{'mail':'a@b.cd'}]},{'when':'failed','to':[{'mail':'a@b.cd'}]}] | Two alerts"
      })
  void wrongRuleIsRefusedWithASentence(String text, String words) {
    assertThatThrownBy(() -> AlertForm.read(text.replace('\'', '"').replace("%0a", "\\n")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(words);
  }
}
