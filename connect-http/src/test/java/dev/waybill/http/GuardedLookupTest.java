package dev.waybill.http;

import static dev.waybill.http.ConnectionSettings.Version.HTTP_1_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.http.ConnectionSettings.Proxy;
import dev.waybill.http.ConnectionSettings.Trust;
import dev.waybill.http.ConnectionSettings.Version;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.spi.AddressRule;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GuardedLookupTest {

  private static final AddressRule NO_LOOPBACK = address -> !address.isLoopbackAddress();

  private final ServerSocket server = listening();

  private static ServerSocket listening() {
    try {
      return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void close() throws IOException {
    server.close();
  }

  private URI at(String host) {
    return URI.create("http://" + host + ":" + server.getLocalPort() + "/records");
  }

  private static ConnectionSettings settings(AddressRule rule) {
    return ConnectionSettings.defaults().answerTimeout(Duration.ofSeconds(5)).addresses(rule);
  }

  private void assertNobodyCame() throws IOException {
    server.setSoTimeout(1);
    assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void refusedAddressIsNotConnectedToHoweverWritten(Version version) throws Exception {
    try (HttpCaller caller = HttpCaller.open(settings(NO_LOOPBACK).version(version))) {
      for (String host : List.of("127.0.0.1", "localhost", "2130706433", "[::ffff:127.0.0.1]")) {
        assertThat(caller.call(Call.get(at(host), List.of())))
            .as(host)
            .isInstanceOfSatisfying(
                NotSent.class,
                outcome -> assertThat(outcome.reason()).contains("must not be connected to"));
      }
    }
    assertNobodyCame();
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void nameThatLeadsElsewhereLaterIsRefusedThen(Version version) throws Exception {
    // As with a name whose server answers differently the second time.
    var asked = new AtomicInteger();
    AddressRule onceOnly = address -> asked.getAndIncrement() < 1;
    Reach.check(at("127.0.0.1"), settings(onceOnly).version(version));
    server.accept().close();

    try (HttpCaller caller = HttpCaller.open(settings(onceOnly).version(version))) {
      assertThat(caller.call(Call.get(at("127.0.0.1"), List.of()))).isInstanceOf(NotSent.class);
    }
    assertNobodyCame();
  }

  @Test
  void lookingWhetherAServerIsThereKeepsToTheRuleToo() throws Exception {
    assertThatThrownBy(() -> Reach.check(at("localhost"), settings(NO_LOOPBACK)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("localhost, that is 127.0.0.1, must not be connected to from here");
    assertNobodyCame();
  }

  @Test
  void proxyIsHeldToTheRuleAsWell() throws Exception {
    var settings =
        new ConnectionSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            1 << 20,
            new Trust.Platform(),
            new Proxy("localhost", server.getLocalPort(), null, null),
            HTTP_1_1,
            NO_LOOPBACK);

    try (HttpCaller caller = HttpCaller.open(settings)) {
      assertThat(caller.call(Call.get(URI.create("http://api.example/"), List.of())))
          .isInstanceOf(NotSent.class);
    }
    assertNobodyCame();
  }
}
