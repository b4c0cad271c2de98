package dev.waybill.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.spi.AddressRule;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KafkaClientTest {

  @TempDir Path directory;

  @Test
  void fileOfPropertiesComesBeforeAllElse() throws IOException {
    var settings = new HashMap<String, Object>(Map.of("client.id", "waybill"));

    KafkaClient.addFile(settings, options(Permits.everything()));

    assertThat(settings).containsEntry("client.id", "mine").containsEntry("linger.ms", "5");
  }

  @Test
  void fileOfPropertiesIsReadOnlyFromWhereSecretsMayBe() throws IOException {
    SecretSource none =
        value -> {
          throw new UserException(value + " is not open to flows of this service");
        };

    Options options = options(new Permits(none, AddressRule.any()));

    assertThatThrownBy(() -> KafkaClient.addFile(new HashMap<>(), options))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("is not open to flows of this service");
  }

  private Options options(Permits permits) throws IOException {
    Path file =
        Files.writeString(directory.resolve("client.properties"), "client.id=mine\nlinger.ms=5\n");
    return Options.of(
        "kafka", KafkaClient.options(), Map.of("client-properties", file.toString()), permits);
  }
}
