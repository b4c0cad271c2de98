package dev.waybill.jdbc;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GuardedSocketsTest {

  private static final Permits NO_LOOPBACK =
      new Permits(SecretSource.ofMachine(), address -> !address.isLoopbackAddress());

  private static PostgresPool pool(String address) {
    return new PostgresPool(
        PostgresAddress.parse(address),
        Options.of("postgresql", PostgresPool.options(), Map.of(), NO_LOOPBACK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "2130706433"})
  void databaseAtARefusedAddressIsNotConnectedTo(String host) throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var pool = pool("postgresql://u@" + host + ":" + server.getLocalPort() + "/shop")) {
      assertThatThrownBy(pool::connectNow)
          .isInstanceOf(UserException.class)
          .hasStackTraceContaining("must not be connected to from here");
      server.setSoTimeout(1);
      assertThatThrownBy(server::accept).isInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void addressCanNotPutAnotherFactoryInItsPlace() {
    assertThatThrownBy(() -> pool("postgresql://u@localhost/shop?socketFactory=x.Y"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("socketFactory");
  }
}
