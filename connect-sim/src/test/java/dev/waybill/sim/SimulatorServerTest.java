package dev.waybill.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Options;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorServerTest {

  private static final String TWO = "[{\"email\":\"a@b.example\"},{\"email\":\"bad\"}]";

  private static SimulatorServer server(String... settings) {
    Map<String, String> given = new HashMap<>(Map.of("bad", "email = bad", "key", "email"));
    for (int i = 0; i < settings.length; i += 2) {
      given.put(settings[i], settings[i + 1]);
    }
    return SimulatorServer.start(given);
  }

  @Test
  void eachRecordHasItsResult() throws IOException {
    try (var server = server()) {
      assertThat(Client.records(server, TWO))
          .startsWith("HTTP/1.1 200 OK\r\n")
          .matches(
              "(?s).*\\{\"results\":\\[\\{\"id\":\"[0-9a-f-]{36}\"},"
                  + "\\{\"error\":\\{\"code\":\"invalid_value\","
                  + "\"message\":\"email 'bad' is not acceptable\"}}]}");
      assertThat(Client.get(server, "/truth?detail=keys"))
          .contains("\"applied\":1,")
          .contains("\"appliedByKey\":{\"a@b.example\":1}");
    }
  }

  @Test
  void recordsMayStandInAnObject() throws IOException {
    try (var server = server("ids", "false")) {
      assertThat(Client.body(Client.records(server, "{\"records\":[{\"email\":\"x\"}]}")))
          .isEqualTo("{\"results\":[{}]}");
    }
  }

  @Test
  void refusedBatchIsUnprocessableAndNamesThePosition() throws IOException {
    try (var server = server("refuse", "named")) {
      assertThat(Client.records(server, TWO))
          .startsWith("HTTP/1.1 422 Unprocessable Content\r\n")
          .contains("\"message\":\"record 1: email 'bad' is not acceptable\",\"positions\":[1]");
      assertThat(server.count(GroundTruth::applied)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "throttle, 429, 0",
    "fail-before, 503, 0",
    "fail-after, 500, 1",
  })
  void faultsThatAreToldAreTold(String fault, int status, long applied) throws IOException {
    try (var server = server(fault, "1", "retry-after", "1500ms")) {
      String answer = Client.records(server, TWO);

      assertThat(answer).startsWith("HTTP/1.1 " + status);
      assertThat(answer.contains("Retry-After: 2\r\n")).isEqualTo(status == 429);
      assertThat(server.count(GroundTruth::applied)).isEqualTo(applied);
    }
  }

  @Test
  void droppedConnectionEndsOrIsResetWithoutAnAnswer() throws IOException {
    try (var server = server("drop", "1")) {
      for (int call = 1; call <= 4; call++) {
        try {
          assertThat(Client.records(server, TWO)).isEmpty();
        } catch (UncheckedIOException e) {
          assertThat(e.getCause())
              .isInstanceOf(SocketException.class)
              .hasMessageContaining("reset");
          assertThat(call % 2).isZero();
        }
      }
      assertThat(server.count(GroundTruth::calls)).isEqualTo(4);
    }
  }

  @Test
  void halfAnAnswerIsShorterThanItSays() throws IOException {
    try (var server = server("half", "1")) {
      String answer = Client.records(server, TWO);

      int told = Integer.parseInt(answer.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
      assertThat(Client.body(answer).length()).isBetween(1, told - 1);
      assertThat(server.count(GroundTruth::applied)).isOne();
    }
  }

  @Test
  void nonsenseIsNoJsonOrNoHttp() throws IOException {
    try (var server = server("nonsense", "1")) {
      assertThat(Client.records(server, TWO)).doesNotStartWith("HTTP");
      assertThat(Client.records(server, TWO)).startsWith("HTTP/1.1 200 OK").contains("<html>");
      assertThat(server.count(GroundTruth::applied)).isEqualTo(2);
    }
  }

  @Test
  void stalledCallEndsWithoutAnAnswer() throws IOException {
    try (var server = server("timeout", "1", "stall", "10ms")) {
      assertThat(Client.records(server, TWO)).isEmpty();
      assertThat(server.count(truth -> truth.count(Fault.TIMED_OUT))).isOne();
    }
  }

  @Test
  void repeatedIdempotencyKeyIsAppliedOnce() throws IOException {
    try (var server = server("idempotency-keys", "true")) {
      String key = "\nIdempotency-Key: one";
      String first = Client.post(server, "/records", "application/json", TWO, key);

      assertThat(Client.post(server, "/records", "application/json", TWO, key)).isEqualTo(first);
      assertThat(server.count(truth -> truth.timesApplied("a@b.example"))).isOne();
    }
  }

  @Test
  void bodiesInChunksAndInGzipAreRead() throws IOException {
    try (var server = server()) {
      var zipped = new ByteArrayOutputStream();
      try (var gzip = new GZIPOutputStream(zipped)) {
        gzip.write(TWO.getBytes(StandardCharsets.UTF_8));
      }
      var chunks = new ByteArrayOutputStream();
      byte[] all = zipped.toByteArray();
      chunks.writeBytes("5;note=x\r\n".getBytes(StandardCharsets.UTF_8));
      chunks.write(all, 0, 5);
      String rest = Integer.toHexString(all.length - 5);
      chunks.writeBytes(("\r\n" + rest + "\r\n").getBytes(StandardCharsets.UTF_8));
      chunks.write(all, 5, all.length - 5);
      chunks.writeBytes("\r\n0\r\nTrailer: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));

      String answer =
          Client.send(
              server,
              "POST /records HTTP/1.1\nHost: test\nConnection: close\nContent-Encoding: gzip\n"
                  + "Transfer-Encoding: chunked\nExpect: 100-continue",
              chunks.toByteArray());

      assertThat(answer).startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
      assertThat(server.count(GroundTruth::applied)).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "[]", "[1]", "{\"records\":1}", "[{\"email\":", "nonsense"})
  void bodyThatIsNoListOfRecordsIsABadRequest(String body) throws IOException {
    try (var server = server();
        var counting = SimulatorServer.start(Map.of("keep", "counts"))) {
      assertThat(Client.records(server, body)).startsWith("HTTP/1.1 400 Bad Request");
      if (!body.equals("[1]")) {
        assertThat(Client.records(counting, body)).startsWith("HTTP/1.1 400 Bad Request");
      }
      assertThat(server.count(GroundTruth::calls)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          []                                        | 0
          [ ]                                       | 0
          [{}]                                      | 1
          [{"a":"]},[\\"","b":[1,2,{"c":[]}]},{}] | 2
          {"records":[{"a":1},{"a":2},{"a":3}]}     | 3
          { "records" : [1, "x", null] }            | 3
          [{"a":1},{"a":2}                          | -1
          {"other":[1]}                             | -1
          """)
  void recordsAreCountedWithoutBeingRead(String json, int count) {
    assertThat(RecordCounter.count(json.getBytes(StandardCharsets.UTF_8))).isEqualTo(count);
  }

  @Test
  void countingServerAppliesWhatItCounts() throws IOException {
    try (var server = SimulatorServer.start(Map.of("keep", "counts", "ids", "false"))) {
      assertThat(Client.body(Client.records(server, TWO))).isEqualTo("{\"results\":[{},{}]}");
      assertThat(Json.text(Json.read(Client.get(server, "/truth"))))
          .startsWith("{\"calls\":1,\"received\":2,\"applied\":2,\"keys\":0,");
    }
  }

  @Test
  void connectionsAtTheSameTimeLoseNothing() throws Exception {
    try (var server = server();
        var pool = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers = new ArrayList<Future<String>>();
      for (int i = 0; i < 200; i++) {
        String record = "[{\"email\":\"p" + i + "@b.example\"}]";
        answers.add(pool.submit(() -> Client.records(server, record)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).startsWith("HTTP/1.1 200 OK");
      }
      assertThat(server.count(GroundTruth::applied)).isEqualTo(200);
      assertThat(server.count(GroundTruth::repeated)).isZero();
    }
  }

  @Test
  void serverThatIsDownRefusesConnectionsAndRemembersWhatItHas() throws IOException {
    try (var server = server()) {
      Client.records(server, TWO);
      server.goDown();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> Client.records(server, TWO))
          .withCauseInstanceOf(ConnectException.class);

      server.comeBack();

      assertThat(Client.get(server, "/truth")).contains("\"applied\":1,");
    }
  }

  @Test
  void recordsAreListedAndTakenAwayByTheirKey() throws IOException {
    try (var server = SimulatorServer.start(Map.of("key", "id", "idempotent", "true"))) {
      Client.records(server, "[{\"id\":\"a/1\"},{\"id\":\"b\"}]");

      assertThat(Client.delete(server, "/records/a%2F1")).startsWith("HTTP/1.1 200");
      assertThat(Client.delete(server, "/records/a%2F1")).startsWith("HTTP/1.1 404");
      assertThat(Client.get(server, "/records")).isEqualTo("{\"records\":[{\"id\":\"b\"}]}");
      assertThat(Client.get(server, "/truth")).contains("\"applied\":1,\"keys\":1");
    }
  }

  @Test
  void keysThatWereForgottenLeaveTheOthersInTheirPlaces() {
    var keys = new KeyCounts();
    for (long key = 1; key <= 900; key++) {
      keys.increment(key * 1024); // all of them in a row
    }
    for (long key = 1; key <= 900; key += 2) {
      assertThat(keys.clear(key * 1024)).isEqualTo(1);
    }
    assertThat(keys.size()).isEqualTo(450);
    for (long key = 1; key <= 900; key++) {
      assertThat(keys.get(key * 1024)).isEqualTo(key % 2 == 0 ? 1 : 0);
    }
  }

  @Test
  void portThatIsTakenIsToldInOneSentence() throws IOException {
    try (var server = server()) {
      Options options = Options.of("simulate", SimulatorServer.options(), Map.of());

      assertThatExceptionOfType(UserException.class)
          .isThrownBy(() -> SimulatorServer.start(server.port(), options))
          .withMessageContaining("port " + server.port() + " can not be listened on");
    }
  }

  @Test
  void unknownPathIsToldWhatThereIs() throws IOException {
    try (var server = server()) {
      assertThat(Client.get(server, "/nothing"))
          .contains("POST and GET /records", "no GET /nothing");
      assertThat(Client.get(server, "/health")).isEqualTo("{\"status\":\"up\"}");
    }
  }
}
