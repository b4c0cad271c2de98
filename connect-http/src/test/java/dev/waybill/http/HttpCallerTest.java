package dev.waybill.http;

import static dev.waybill.http.ConnectionSettings.Version.HTTP_1_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.ByteSlice;
import dev.waybill.http.ConnectionSettings.Proxy;
import dev.waybill.http.ConnectionSettings.Trust;
import dev.waybill.http.Outcome.Lost;
import dev.waybill.http.Outcome.NotSent;
import dev.waybill.http.Outcome.Response;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import dev.waybill.testkit.TestKeys;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each fault that a server or the way to it can have: how many requests arrived, and what the
/// caller is told.
class HttpCallerTest {

  private static final ConnectionSettings SETTINGS = ConnectionSettings.defaults();

  private final ScriptedServer server = ScriptedServer.start();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void answerComesWithStatusHeadersAndBody() throws Exception {
    server.play(Act.answer(201, "hello", "X-Kind: greeting"));

    var response = (Response) post(SETTINGS);

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.header("x-kind")).isEqualTo("greeting");
    assertThat(response.text()).isEqualTo("hello");
    assertThat(server.requests().getFirst().text()).isEqualTo("[1,2,3]");
    assertThat(server.requests().getFirst().header("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void connectionClosedBeforeTheAnswerIsLostAfterOnePost() throws Exception {
    server.play(Act.close());

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void connectionResetBeforeTheAnswerIsLostAfterOnePost() throws Exception {
    server.play(Act.reset());

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void connectionUsedBeforeAndResetIsLostAfterOnePost() throws Exception {
    server.play(Act.answer(200, "one"), Act.reset());

    try (var caller = HttpCaller.open(SETTINGS)) {
      assertThat(caller.call(call(server.uri("/")))).isInstanceOf(Response.class);
      assertThat(caller.call(call(server.uri("/")))).isInstanceOf(Lost.class);
    }
    assertThat(server.posts()).isEqualTo(2);
  }

  @Test
  void retryAfterZeroIsNotTakenAsLeaveToRepeat() throws Exception {
    server.play(Act.answer(503, "busy", "Retry-After: 0"), Act.answer(200, "twice"));

    assertThat(((Response) post(SETTINGS)).status()).isEqualTo(503);
    assertThat(server.posts()).isOne();
  }

  @Test
  void answerCutByLengthIsLostAfterOnePost() throws Exception {
    server.play(Act.cutByLength(200, "{\"results\":["));

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void answerCutInAChunkIsLostAfterOnePost() throws Exception {
    server.play(Act.cutInChunk(200, "{\"results\":["));

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void redirectIsToldAndNotFollowed() throws Exception {
    server.play(
        Act.answer(308, "", "Location: " + server.uri("/elsewhere")), Act.answer(200, "twice"));

    var response = (Response) post(SETTINGS);

    assertThat(response.status()).isEqualTo(308);
    assertThat(response.header("Location")).isEqualTo(server.uri("/elsewhere").toString());
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void trickleEndsAtTheDeadline() throws Exception {
    server.play(Act.trickle());

    assertThat(post(SETTINGS.answerTimeout(Duration.ofMillis(600))))
        .isEqualTo(
            new Lost("no complete answer from 127.0.0.1:" + server.port() + " within 600 ms"));
    assertThat(server.posts()).isOne();
  }

  @Test
  void silenceEndsAtTheDeadline() throws Exception {
    server.play(Act.silence());

    assertThat(post(SETTINGS.answerTimeout(Duration.ofMillis(200)))).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void connectionClosedWhileItRestedIsReplacedWithoutARepeatedPost() throws Exception {
    server.play(Act.answerThenClose(200, "bye"));

    try (var caller = HttpCaller.open(SETTINGS)) {
      for (int i = 0; i < 5; i++) {
        assertThat(caller.call(call(server.uri("/")))).isInstanceOf(Response.class);
        Thread.sleep(80); // the rest is what is tested: connections are looked at after 50 ms of it
      }
    }
    assertThat(server.posts()).isEqualTo(5);
  }

  @Test
  void answersWithoutABodyAreAnswers() throws Exception {
    server.play(Act.answer(429, ""), Act.answer(503, ""), Act.answer(204, new byte[0]));

    try (var caller = HttpCaller.open(SETTINGS)) {
      for (int status : List.of(429, 503, 204)) {
        var response = (Response) caller.call(call(server.uri("/")));
        assertThat(response.status()).isEqualTo(status);
        assertThat(response.body()).isEmpty();
      }
    }
    assertThat(server.posts()).isEqualTo(3);
  }

  @Test
  void answerThatIsNotHttpIsLost() throws Exception {
    server.play(Act.nonsense("SSH-2.0-OpenSSH_9.2\r\n"));

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void answerLongerThanAllowedIsLost() throws Exception {
    server.play(Act.answer(200, new byte[3 << 20]));
    var settings =
        new ConnectionSettings(
            Duration.ofSeconds(5),
            Duration.ofSeconds(5),
            1,
            1 << 20,
            new Trust.Platform(),
            null,
            HTTP_1_1);

    assertThat(post(settings))
        .isEqualTo(
            new Lost("the answer of 127.0.0.1:" + server.port() + " is longer than 1048576 bytes"));
  }

  @Test
  void compressedAnswerIsDecompressed() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("hello".getBytes(UTF_8));
    }
    server.play(Act.answer(200, bytes.toByteArray(), "Content-Encoding: gzip"));

    assertThat(((Response) post(SETTINGS)).text()).isEqualTo("hello");
    assertThat(server.requests().getFirst().header("Accept-Encoding")).isEqualTo("gzip");
  }

  @Test
  void compressedAnswerThatBreaksOffIsLost() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write("hello".getBytes(UTF_8));
    }
    byte[] cut = Arrays.copyOf(bytes.toByteArray(), bytes.size() - 10);
    server.play(Act.answer(200, cut, "Content-Encoding: gzip"));

    assertThat(post(SETTINGS)).isInstanceOf(Lost.class);
    assertThat(server.posts()).isOne();
  }

  @Test
  void refusedConnectionIsNotSent() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(post(SETTINGS, URI.create("http://127.0.0.1:" + port + "/")))
        .isEqualTo(new NotSent("127.0.0.1:" + port + " refused the connection"));
  }

  @Test
  void unknownHostIsNotSent() throws Exception {
    assertThat(post(SETTINGS, URI.create("http://no-such-host.invalid/")))
        .isEqualTo(new NotSent("the host no-such-host.invalid is not known"));
  }

  @Test
  void interruptedCallEndsAtOnce() throws Exception {
    server.play(Act.silence());
    var ended = new CompletableFuture<Throwable>();
    var caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    ended.completeExceptionally(new AssertionError(post(SETTINGS)));
                  } catch (Exception e) {
                    ended.complete(e);
                  }
                });
    while (server.requests().isEmpty()) {
      Thread.onSpinWait();
    }

    caller.interrupt();

    assertThat(ended.get()).isInstanceOf(InterruptedException.class);
  }

  @Test
  void unknownCertificateIsNotSent() throws Exception {
    try (var secure = ScriptedServer.startTls(TestKeys.get().server())) {
      assertThat(post(SETTINGS, secure.uri("/")))
          .isInstanceOfSatisfying(
              NotSent.class,
              outcome ->
                  assertThat(outcome.reason())
                      .startsWith("TLS with 127.0.0.1:" + secure.port() + " failed"));
      assertThat(secure.posts()).isZero();
    }
  }

  @Test
  void certificateOfTheUsersOwnAuthorityIsTrusted() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var secure = ScriptedServer.startTls(keys.server())) {
      var settings = SETTINGS.trust(new Trust.Authorities(keys.certificate()));

      assertThat(post(settings, secure.uri("/"))).isInstanceOf(Response.class);
      assertThat(post(SETTINGS.trust(new Trust.Anyone()), secure.uri("/")))
          .isInstanceOf(Response.class);
      assertThat(secure.posts()).isEqualTo(2);
    }
  }

  @Test
  void trickleOverTlsEndsAtTheDeadline() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var secure = ScriptedServer.startTls(keys.server()).play(Act.trickle())) {
      var settings =
          SETTINGS
              .trust(new Trust.Authorities(keys.certificate()))
              .answerTimeout(Duration.ofMillis(600));

      assertThat(post(settings, secure.uri("/"))).isInstanceOf(Lost.class);
      assertThat(secure.posts()).isOne();
    }
  }

  @Test
  void serverThatNeverShakesHandsIsNotSentAfterTheConnectTimeout() throws Exception {
    try (var mute = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var settings =
          new ConnectionSettings(
              Duration.ofMillis(200),
              Duration.ofSeconds(20),
              1,
              1 << 20,
              new Trust.Platform(),
              null,
              HTTP_1_1);

      assertThat(post(settings, URI.create("https://127.0.0.1:" + mute.getLocalPort() + "/")))
          .isInstanceOf(NotSent.class);
    }
  }

  @Test
  void fileWithoutCertificatesIsTheUsersMistake(@TempDir Path directory) {
    assertThatThrownBy(
            () -> HttpCaller.open(SETTINGS.trust(new Trust.Authorities(directory.resolve("no")))))
        .hasMessage("option 'ca-file': the file " + directory.resolve("no") + " can not be read");
  }

  @Test
  void proxyIsAskedForTheWholeAddressAndShownItsPassword() throws Exception {
    server.play(Act.answer(200, "by proxy"));

    var response = (Response) post(proxied("user", "pass"), URI.create("http://api.invalid/x"));

    assertThat(response.text()).isEqualTo("by proxy");
    var request = server.requests().getFirst();
    assertThat(request.target()).isEqualTo("http://api.invalid/x");
    assertThat(request.header("Proxy-Authorization")).isEqualTo("Basic dXNlcjpwYXNz");
  }

  @Test
  void proxyThatRefusesATunnelMeansNotSent() throws Exception {
    server.play(Act.answer(403, "no"));

    assertThat(post(proxied(null, null), URI.create("https://api.invalid/x")))
        .isEqualTo(new NotSent("the proxy refused: 403 Scripted"));
    assertThat(server.requests().getFirst().method()).isEqualTo("CONNECT");
  }

  @Test
  void proxyThatBreaksATunnelOffMeansNotSent() throws Exception {
    server.play(Act.close());

    assertThat(post(proxied(null, null), URI.create("https://api.invalid/x")))
        .isInstanceOf(NotSent.class);
  }

  private ConnectionSettings proxied(@Nullable String user, @Nullable String password) {
    return new ConnectionSettings(
        Duration.ofSeconds(5),
        Duration.ofSeconds(5),
        4,
        1 << 20,
        new Trust.Platform(),
        new Proxy("127.0.0.1", server.port(), user, password),
        HTTP_1_1);
  }

  private Outcome post(ConnectionSettings settings) throws InterruptedException {
    return post(settings, server.uri("/"));
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
