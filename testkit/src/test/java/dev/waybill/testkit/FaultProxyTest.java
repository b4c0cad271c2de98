package dev.waybill.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.testkit.FaultProxy.Fault;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultProxyTest {

  private static final String BODY = "[{\"email\":\"a@example.com\"}]";

  private final SimulatorServer server = SimulatorServer.start(Map.of());

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  /// Posts one record on a connection of its own and reads to the connection's end.
  private static String post(FaultProxy proxy) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      post(socket, "close");
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void post(Socket socket, String connection) throws IOException {
    String request =
        "POST /records HTTP/1.1\r\nHost: test\r\nConnection: "
            + connection
            + "\r\nContent-Length: "
            + BODY.length()
            + "\r\n\r\n"
            + BODY;
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  private long applied() {
    return server.count(GroundTruth::applied);
  }

  private FaultProxy proxy(Fault... faults) {
    return FaultProxy.before(server.port(), FaultScript.of(faults));
  }

  @Test
  void passesWhatItIsNotToldToBreak() throws IOException {
    try (var proxy = proxy()) {
      assertThat(post(proxy)).startsWith("HTTP/1.1 200 OK").endsWith("}]}");
      assertThat(proxy.count(Fault.PASS)).isOne();
      assertThat(proxy.connections()).isOne();
    }
    assertThat(applied()).isOne();
  }

  @Test
  void cutBeforeTheServerNothingIsApplied() throws IOException {
    try (var proxy = proxy(Fault.CUT_BEFORE)) {
      assertThat(post(proxy)).isEmpty();
      assertThat(proxy.count(Fault.CUT_BEFORE)).isOne();
    }
    assertThat(applied()).isZero();
  }

  @Test
  void cutAfterTheServerAllIsAppliedAndNothingAnswered() throws IOException {
    try (var proxy = proxy(Fault.CUT_AFTER)) {
      assertThat(post(proxy)).isEmpty();
    }
    assertThat(applied()).isOne();
  }

  @Test
  void cutAnswerBreaksOffInTheMiddle() throws IOException {
    try (var proxy = proxy(Fault.CUT_ANSWER)) {
      assertThat(post(proxy)).startsWith("HTTP/1.1 200 OK").doesNotEndWith("}]}");
    }
    assertThat(applied()).isOne();
  }

  @ParameterizedTest
  @EnumSource(names = {"RESET_BEFORE", "RESET_AFTER"})
  void resetIsNoProperEnd(Fault fault) {
    try (var proxy = proxy(fault)) {
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> post(proxy))
          .withMessageContaining("reset");
    }
    assertThat(applied()).isEqualTo(fault == Fault.RESET_AFTER ? 1 : 0);
  }

  @ParameterizedTest
  @EnumSource(names = {"STALL_BEFORE", "STALL_AFTER"})
  void stalledCallIsNeverAnswered(Fault fault) throws IOException {
    try (var proxy = proxy(fault);
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      post(socket, "close");
      socket.setSoTimeout(100);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> socket.getInputStream().read());
    }
  }

  @Test
  void halfClosedConnectionAnswersNothingAndStillListens() throws IOException {
    try (var proxy = proxy(Fault.HALF_CLOSE);
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      post(socket, "keep-alive");

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      post(socket, "keep-alive");
      assertThat(socket.isClosed()).isFalse();
    }
    assertThat(applied()).isPositive();
  }

  @Test
  void eachCallOfAConnectionMeetsItsOwnFault() throws IOException {
    try (var proxy = proxy(Fault.PASS, Fault.PASS, Fault.CUT_AFTER);
        var socket = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      byte[] answer = new byte[16 * 1024];
      for (int call = 1; call <= 2; call++) {
        post(socket, "keep-alive");
        int length = socket.getInputStream().read(answer);
        assertThat(new String(answer, 0, length, StandardCharsets.UTF_8)).contains("200 OK");
      }
      post(socket, "keep-alive");
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      assertThat(proxy.connections()).isOne();
    }
    assertThat(applied()).isEqualTo(3);
  }

  @Test
  void refusesConnectionsUntilItAcceptsThemAgain() throws IOException {
    try (var proxy = proxy()) {
      proxy.refuse();
      assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> post(proxy));

      proxy.accept();
      assertThat(post(proxy)).startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void clientIsToldAtOnceWhenTheServerIsNotThere() throws IOException {
    try (var proxy = proxy()) {
      server.close();

      assertThatIOException()
          .isThrownBy(
              () -> {
                if (post(proxy).isEmpty()) {
                  throw new IOException("closed without an answer");
                }
              });
    }
  }

  @Test
  void seededFaultsComeAsOftenAsAskedAndTheSameEveryTime() {
    var script = FaultScript.seeded(7, Map.of(Fault.CUT_AFTER, 0.1, Fault.STALL_BEFORE, 0.2));
    var twin = FaultScript.seeded(7, Map.of(Fault.STALL_BEFORE, 0.2, Fault.CUT_AFTER, 0.1));
    var counts = new EnumMap<Fault, Integer>(Fault.class);

    for (long call = 1; call <= 10_000; call++) {
      assertThat(script.fault(call)).isEqualTo(twin.fault(call));
      counts.merge(script.fault(call), 1, Integer::sum);
    }

    assertThat(counts.get(Fault.CUT_AFTER)).isBetween(900, 1100);
    assertThat(counts.get(Fault.STALL_BEFORE)).isBetween(1850, 2150);
    assertThat(counts).containsOnlyKeys(Fault.PASS, Fault.CUT_AFTER, Fault.STALL_BEFORE);
  }
}
