package dev.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Span;
import dev.waybill.UserException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process, really killed.
final class KilledProcessTest {

  @TempDir Path directory;

  @Test
  void runOfAKilledProcessCanBeResumedAtOnceAndThatOfALivingOneNot() throws Exception {
    String place = directory.resolve("ledger.db").toString();
    Process victim =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Victim.class.getName(),
                place)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader said =
            new BufferedReader(
                new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8));
        Ledger ledger = Ledgers.open(place, Durability.PROCESS)) {
      assertThat(said.readLine()).isEqualTo("ready");
      assertThatThrownBy(() -> ledger.resume("r"))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("run r is worked on by process " + victim.pid());
      assertThat(ledger.find("r").status()).isEqualTo(RunStatus.RUNNING);

      victim.destroyForcibly().waitFor();

      assertThat(ledger.find("r").status()).isEqualTo(RunStatus.INTERRUPTED);
      Resumed<String> resumed = ledger.resume("r");
      assertThat(resumed.recovery().settled().asList()).containsExactly(new Span(1, 4));
      assertThat(resumed.recovery().inDoubt()).isEqualTo(Map.of(1L, List.of(new Span(1, 10))));
    } finally {
      victim.destroyForcibly();
    }
  }
}
