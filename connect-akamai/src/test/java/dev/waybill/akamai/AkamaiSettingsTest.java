package dev.waybill.akamai;

import static dev.waybill.akamai.Fixtures.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.UserException;
import dev.waybill.akamai.AkamaiSettings.Mode;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AkamaiSettingsTest {

  @Test
  void defaultsAreThoseOfTheOriginal() {
    AkamaiSettings settings = settings();
    var traits = Fixtures.destination(new Fixtures.Script()).traits();

    assertThat(settings.typeName()).isEqualTo("user");
    assertThat(settings.connection().answerTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(settings.mode()).isEqualTo(Mode.CREATE);
    assertThat(settings.primaryKey()).isEqualTo(new PrimaryKey("email"));
    assertThat(traits.suggestedItems()).isEqualTo(100);
    assertThat(traits.suggestedInFlight()).isEqualTo(10);
    assertThat(traits.suggestedCallsPerSecond()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "https://my-app.example/, https://my-app.example",
    "my-app.us-dev.janraincapture.com, https://my-app.us-dev.janraincapture.com",
    "http://127.0.0.1:8080/capture, http://127.0.0.1:8080/capture"
  })
  void addressIsTakenFromTheOption(String given, String uri) {
    assertThat(settings("apid-uri", given).uri()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ftp://x", "https://", "https://id:secret@host", "https://host/?a=b", "a b"})
  void otherAddressesAreMistakes(String given) {
    assertThatThrownBy(() -> settings("apid-uri", given))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("akamai takes the address of the application");
  }

  @Test
  void missingAddressIsAMistake() {
    assertThatThrownBy(() -> settings("apid-uri", ""))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--option apid-uri=ADDRESS");
  }

  @Test
  void accessTokenIsEnoughByItself() {
    assertThat(settings("access-token", "t0ken").credentials())
        .isEqualTo(new Credentials.OAuth("t0ken"));
  }

  @Test
  void authIsChosenByName() {
    assertThat(settings("auth", "signature").credentials())
        .isInstanceOf(Credentials.Signature.class);
    assertThat(settings("auth", "form").credentials()).isInstanceOf(Credentials.InForm.class);
    assertThat(settings().credentials()).isInstanceOf(Credentials.Basic.class);
  }

  @Test
  void theLoadsKeyIsThePrimaryKeyWhereNoOtherIsNamed() {
    assertThat(settings(List.of("userName")).primaryKey()).isEqualTo(new PrimaryKey("userName"));
    assertThat(settings(List.of("userName"), "primary-key", "email").primaryKey())
        .isEqualTo(new PrimaryKey("email"));
  }

  @Test
  void primaryKeyThatIsNoAttributeIsAMistake() {
    assertThatThrownBy(() -> settings("primary-key", "email='x' or id"))
        .isInstanceOf(UserException.class);
  }

  @Test
  void connectionOptionsArePassedOn() {
    assertThat(settings("timeout", "3s", "connect-timeout", "2s").connection())
        .satisfies(
            connection -> {
              assertThat(connection.answerTimeout()).isEqualTo(Duration.ofSeconds(3));
              assertThat(connection.connectTimeout()).isEqualTo(Duration.ofSeconds(2));
            });
  }

  @Test
  void providerIsFoundAndTellsOfColumnsThatCanNotNest() {
    DestinationProvider provider =
        ServiceLoader.load(DestinationProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(found -> found.schemes().contains("akamai"))
            .findFirst()
            .orElseThrow();
    var options =
        Options.of("akamai", provider.options(), Map.of("client-id", "i", "client-secret", "s"));
    var delivery = new Delivery(FieldNames.of("address", "address.city"), List.of(), List.of());

    assertThatThrownBy(() -> provider.open("akamai:https://my-app.example", options, delivery))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'address' is a field itself");
  }
}
