package dev.waybill.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Options;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulationProviderTest {

  private static Destination<Fields> open(Map<String, String> given) {
    DestinationProvider provider =
        ServiceLoader.load(DestinationProvider.class).findFirst().orElseThrow();
    return provider.open(
        "sim:",
        Options.of("sim", provider.options(), given),
        new DestinationProvider.Delivery(FieldNames.of(), List.of(), List.of()));
  }

  @Test
  void hasTheAbilitiesItIsGivenAndNoOthers() {
    try (var plain = open(Map.of());
        var verifiable = open(Map.of("verifiable", "true"));
        var single = open(Map.of("single", "true"));
        var both = open(Map.of("single", "true", "verifiable", "true"))) {
      assertThat(plain).isNotInstanceOfAny(Verifier.class, SingleSender.class);
      assertThat(verifiable).isInstanceOf(Verifier.class).isNotInstanceOf(SingleSender.class);
      assertThat(single).isInstanceOf(SingleSender.class).isNotInstanceOf(Verifier.class);
      assertThat(both).isInstanceOf(SingleSender.class).isInstanceOf(Verifier.class);
    }
  }

  @Test
  void traitsAreWhatTheOptionsSay() {
    try (var destination =
        open(Map.of("max-items", "20", "max-in-flight", "3", "idempotency-keys", "true"))) {
      assertThat(destination.traits().maxItems()).isEqualTo(20);
      assertThat(destination.traits().maxInFlight()).isEqualTo(3);
      assertThat(destination.traits().idempotence()).isEqualTo(Idempotence.IDEMPOTENT_CALL);
    }
  }

  @Test
  void truthIsWrittenAtTheEnd(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("truth.json");

    try (var destination = open(Map.of("truth", file.toString(), "fail-after", "1"))) {
      destination.send(Calls.batch(1, 1, 5));
    }

    assertThat(Json.read(Files.readString(file)))
        .isEqualTo(
            Json.read(
                """
                {"calls":1,"received":5,"applied":5,"keys":5,"repeated":0,"overwritten":0,
                 "outOfOrder":0,"rejected":0,"faults":{"failed-after":1}}"""));
  }

  @Test
  void truthWithoutAFolderIsRefusedBeforeAnythingIsSent(@TempDir Path folder) {
    String file = folder.resolve("missing").resolve("truth.json").toString();

    assertThatExceptionOfType(UserException.class)
        .isThrownBy(() -> open(Map.of("truth", file)))
        .withMessageContaining("sim option 'truth' needs a file in a folder that is there");
  }
}
