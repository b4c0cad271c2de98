package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HttpServerTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final HttpClient client = HttpClient.newHttpClient();
  private final BlockingQueue<EventStream.Step> events = new LinkedBlockingQueue<>();
  private final CountDownLatch left = new CountDownLatch(1);
  private HttpServer server =
      HttpServer.start(
          HttpSettings.loopback(0).withLimits(limits(new Rate(1_000, 1_000))),
          meters,
          List.of(new Words("/"), new Words("/api")));

  private static Limits limits(Rate address) {
    return new Limits(1_000, 4_000, 100, 2, new Rate(100, 100), address);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  /// An area that says in words what is wrong.
  private final class Words implements Area {
    private final String path;

    Words(String path) {
      this.path = path;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public void routes(HttpRules rules) {
      rules
          .get("/hello", (request, response) -> response.send("hello from " + path))
          .post("/echo", (request, response) -> response.send(request.content().as(byte[].class)))
          .get(
              "/user",
              (request, response) -> {
                throw new UserException("Give a number.");
              })
          .get(
              "/bug",
              (request, response) -> {
                throw new IllegalStateException("the password is 1234");
              })
          .get(
              "/events",
              (request, response) -> {
                EventStream.send(request, response, Duration.ofMillis(20), this::next);
                left.countDown();
              })
          .register("/static", new StaticFiles("/static", HttpServerTest.class, "static"));
    }

    private EventStream.Step next(Duration patience) throws InterruptedException {
      EventStream.Step step = events.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      return step == null ? new EventStream.Silence() : step;
    }

    @Override
    public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
      response.headers().set(HeaderNames.CONTENT_TYPE, "text/plain");
      response.send(path + " says: " + problem.detail());
    }
  }

  private HttpResponse<String> get(String path) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve(path)).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, HttpRequest.BodyPublisher body) throws Exception {
    return client.send(
        HttpRequest.newBuilder(server.address().resolve(path)).POST(body).build(),
        BodyHandlers.ofString());
  }

  @Test
  void requestGoesToTheAreaWithTheLongestPath() throws Exception {
    assertThat(get("/api/hello").body()).isEqualTo("hello from /api");
    assertThat(get("/hello").body()).isEqualTo("hello from /");
  }

  @Test
  void whatIsNotThereIsToldInTheFormOfItsArea() throws Exception {
    assertThat(get("/api/nothing").statusCode()).isEqualTo(404);
    assertThat(get("/api/nothing").body())
        .isEqualTo("/api says: There is nothing at this address.");
    assertThat(get("/nothing").body()).startsWith("/ says:");
    assertThat(get("/apinothing").body()).startsWith("/ says:");
  }

  @Test
  void everyAnswerHasSecurityHeadersAndARequestId() throws Exception {
    for (String path : List.of("/hello", "/nothing", "/bug")) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("Referrer-Policy")).contains("same-origin");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("x-request-id")).isPresent();
      assertThat(headers.firstValue("Strict-Transport-Security")).isEmpty();
    }
  }

  @Test
  void requestIdOfTheClientIsKeptIfItIsSane() throws Exception {
    assertThat(idFor("abc-123")).isEqualTo("abc-123");
    assertThat(idFor("<script>")).isNotEqualTo("<script>");
  }

  private String idFor(String id) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(server.address().resolve("/hello"))
                .header("x-request-id", id)
                .build(),
            BodyHandlers.ofString())
        .headers()
        .firstValue("x-request-id")
        .orElseThrow();
  }

  @Test
  void userErrorIsToldAndABugIsNot() throws Exception {
    assertThat(get("/user").statusCode()).isEqualTo(400);
    assertThat(get("/user").body()).endsWith("Give a number.");
    HttpResponse<String> bug = get("/bug");
    assertThat(bug.statusCode()).isEqualTo(500);
    assertThat(bug.body())
        .contains(bug.headers().firstValue("x-request-id").orElseThrow())
        .doesNotContain("1234")
        .doesNotContain("IllegalState");
  }

  @Test
  void bodyOverTheLimitIs413WithAndWithoutItsLengthToldBefore() throws Exception {
    byte[] fits = new byte[1_000];
    byte[] over = new byte[1_001];
    assertThat(post("/echo", BodyPublishers.ofByteArray(fits)).statusCode()).isEqualTo(200);
    assertThat(post("/echo", BodyPublishers.ofByteArray(over)).statusCode()).isEqualTo(413);
    var chunked = BodyPublishers.ofByteArrays(List.of(fits, fits));
    assertThat(post("/api/echo", chunked).statusCode()).isEqualTo(413);
  }

  @Test
  void tooLongHeadersAreRefusedAsSuch() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(server.address().resolve("/hello"))
            .header("x-long", "x".repeat(5_000))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isIn(400, 431);
  }

  @Test
  void whatIsNoHttpGetsAPlainAnswer() throws Exception {
    assertThat(raw("GET / HTTP/9.9\r\n\r\n")).doesNotContain("Exception");
    assertThat(raw("GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n"))
        .startsWith("HTTP/1.1 400")
        .doesNotContain("Exception")
        .doesNotContain("io.helidon");
  }

  private String raw(String request) throws IOException {
    URI address = server.address();
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(5_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tooManyRequestsFromOneAddressAreTurnedAwayUntilLater() throws Exception {
    server.close();
    server =
        HttpServer.start(
            HttpSettings.loopback(0).withLimits(limits(new Rate(0.001, 2))),
            meters,
            List.of(new Words("/")));
    assertThat(get("/hello").statusCode()).isEqualTo(200);
    assertThat(get("/hello").statusCode()).isEqualTo(200);
    HttpResponse<String> third = get("/hello");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValueAsLong("Retry-After").orElseThrow())
        .isBetween(900L, 1_000L);
  }

  @Test
  void timesAreKeptByRoute() throws Exception {
    get("/api/hello");
    get("/hello?x=1");
    assertThat(
            meters.get("http.server.requests").tag("method", "GET").tag("status", "200").timers())
        .hasSize(2)
        .allSatisfy(timer -> assertThat(timer.getId().getTag("route")).endsWith("/hello"));
  }

  @Test
  void eventsComeWhenTheyHappenAndTheStreamEndsCleanly() throws Exception {
    HttpResponse<java.io.InputStream> response =
        client.send(
            HttpRequest.newBuilder(server.address().resolve("/events")).build(),
            BodyHandlers.ofInputStream());
    assertThat(response.headers().firstValue("content-type").orElseThrow())
        .startsWith("text/event-stream");
    try (var reader =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
      events.add(new EventStream.Event("run", "one\ntwo"));
      assertThat(reader.lines().filter(line -> !line.equals(":") && !line.isEmpty()).limit(3))
          .containsExactly("event: run", "data: one", "data: two");
      events.add(new EventStream.End());
      assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void streamEndsWhenTheClientLeaves() throws Exception {
    URI address = server.address();
    try (var socket = new Socket(address.getHost(), address.getPort())) {
      socket
          .getOutputStream()
          .write("GET /events HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(socket.getInputStream().read()).isNotNegative();
    }
    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void streamEndsWhenTheServerStops() throws Exception {
    HttpResponse<java.io.InputStream> response =
        client.send(
            HttpRequest.newBuilder(server.address().resolve("/events")).build(),
            BodyHandlers.ofInputStream());
    server.close();
    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    response.body().close();
  }

  @Test
  void fileIsKeptByTheBrowserForAsLongAsItsVersionHolds() throws Exception {
    HttpResponse<String> first = get("/static/hello.txt");
    assertThat(first.body()).isEqualTo("hello\n");
    assertThat(first.headers().firstValue("Cache-Control")).contains("no-cache");
    String etag = first.headers().firstValue("ETag").orElseThrow();
    HttpRequest again =
        HttpRequest.newBuilder(server.address().resolve("/static/hello.txt"))
            .header("If-None-Match", etag)
            .build();
    assertThat(client.send(again, BodyHandlers.ofString()).statusCode()).isEqualTo(304);
    String versioned =
        new StaticFiles("/static", HttpServerTest.class, "static").address("hello.txt");
    assertThat(get(versioned).headers().firstValue("Cache-Control").orElseThrow())
        .contains("immutable");
  }

  @Test
  void nothingButTheFolderIsServed() throws Exception {
    for (String name : List.of("..%2fHttpServerTest.class", "%2e%2e", ".hidden", "none.txt")) {
      assertThat(get("/static/" + name).statusCode()).as(name).isIn(400, 404);
    }
  }

  @Test
  void addressInUseIsToldInOneSentence() {
    var taken = HttpSettings.loopback(server.address().getPort());
    assertThatThrownBy(() -> HttpServer.start(taken, meters, List.of(new Words("/"))))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be listened at")
        .hasMessageContaining("--port");
  }
}
