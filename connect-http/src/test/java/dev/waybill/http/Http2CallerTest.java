package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.ByteSlice;
import dev.waybill.http.ConnectionSettings.Trust;
import dev.waybill.http.ConnectionSettings.Version;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.http.ScriptedHttp2.Act;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.TestKeys;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The faults of `HttpCallerTest`, as they look in HTTP/2.
class Http2CallerTest {

  private static final ConnectionSettings SETTINGS =
      ConnectionSettings.defaults().version(Version.HTTP_2);

  @Test
  void answerComes() throws Exception {
    try (var server = new ScriptedHttp2(ScriptedHttp2.answer(207, "hello"))) {
      var response = (Response) post(SETTINGS, server.uri());

      assertThat(response.status()).isEqualTo(207);
      assertThat(response.text()).isEqualTo("hello");
    }
  }

  static Stream<Act> faults() {
    return Stream.of(
        ScriptedHttp2.closeConnection(),
        ScriptedHttp2.resetConnection(),
        ScriptedHttp2.cutStream(),
        ScriptedHttp2.cutConnection(),
        ScriptedHttp2.goAway());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void brokenOffAnswerIsLostAfterOneRequest(Act fault) throws Exception {
    try (var server = new ScriptedHttp2(fault)) {
      assertThat(post(SETTINGS, server.uri())).isInstanceOf(Lost.class);
      assertThat(server.requests()).isOne();
    }
  }

  @Test
  void connectionUsedBeforeThatBreaksOffIsLostAfterOneRequest() throws Exception {
    try (var server =
            new ScriptedHttp2(ScriptedHttp2.answer(200, "one"), ScriptedHttp2.resetConnection());
        var caller = HttpCaller.open(SETTINGS)) {
      assertThat(caller.call(call(server.uri()))).isInstanceOf(Response.class);
      assertThat(caller.call(call(server.uri()))).isInstanceOf(Lost.class);
      assertThat(server.requests()).isEqualTo(2);
    }
  }

  @Test
  void redirectAndUnavailableAreToldAfterOneRequest() throws Exception {
    for (int status : List.of(308, 503)) {
      try (var server = new ScriptedHttp2(ScriptedHttp2.answer(status, ""))) {
        assertThat(((Response) post(SETTINGS, server.uri())).status()).isEqualTo(status);
        assertThat(server.requests()).isOne();
      }
    }
  }

  @Test
  void stalledAnswerEndsAtTheDeadline() throws Exception {
    try (var server = new ScriptedHttp2(ScriptedHttp2.stall())) {
      assertThat(post(SETTINGS.answerTimeout(Duration.ofMillis(300)), server.uri()))
          .isInstanceOfSatisfying(
              Lost.class, lost -> assertThat(lost.reason()).endsWith("within 300 ms"));
      assertThat(server.requests()).isOne();
    }
  }

  @Test
  void connectionClosedWhileItRestedIsReplacedWithoutARepeatedRequest() throws Exception {
    try (var server = new ScriptedHttp2(ScriptedHttp2.answerThenClose());
        var caller = HttpCaller.open(SETTINGS)) {
      for (int i = 0; i < 5; i++) {
        assertThat(caller.call(call(server.uri()))).isInstanceOf(Response.class);
        Thread.sleep(80); // the rest is what is tested
      }
      assertThat(server.requests()).isEqualTo(5);
    }
  }

  @Test
  void refusedConnectionAndUnknownHostAreNotSent() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThat(post(SETTINGS, URI.create("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new NotSent("127.0.0.1:" + port + " refused the connection"));
    assertThat(post(SETTINGS, URI.create("http://no-such-host.invalid/")))
        .isEqualTo(new NotSent("the host no-such-host.invalid is not known"));
  }

  @Test
  void overTlsTheServerMayChooseHttp1() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var secure = ScriptedServer.startTls(keys.server())) {
      assertThat(post(SETTINGS.trust(new Trust.Authorities(keys.certificate())), secure.uri("/")))
          .isInstanceOf(Response.class);
      assertThat(post(SETTINGS, secure.uri("/"))).isInstanceOf(NotSent.class);
      assertThat(secure.posts()).isOne();
    }
  }

  @Test
  void callsAtTheSameTimeAllGetTheirAnswers() throws Exception {
    try (var server = new ScriptedHttp2(ScriptedHttp2.answer(200, "ok"));
        var caller = HttpCaller.open(SETTINGS);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<Outcome> one = () -> caller.call(call(server.uri()));
      List<Future<Outcome>> answers =
          IntStream.range(0, 200).mapToObj(i -> threads.submit(one)).toList();
      for (Future<Outcome> answer : answers) {
        assertThat(answer.get()).isInstanceOf(Response.class);
      }
      assertThat(server.requests()).isEqualTo(200);
    }
  }

  private static Outcome post(ConnectionSettings settings, URI uri) throws InterruptedException {
    try (var caller = HttpCaller.open(settings)) {
      return caller.call(call(uri));
    }
  }

  private static Call call(URI uri) {
    return new Call(
        "POST",
        uri,
        List.of(new Header("Content-Type", "application/json")),
        ByteSlice.utf8("[1,2,3]"));
  }
}
