package dev.waybill.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.http.Rate;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NonsenseTest {

  @TempDir Path directory;

  private ApiServer server;

  @BeforeEach
  void start() throws IOException {
    server = new ApiServer(directory);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static final List<String> BODIES =
      List.of(
          "",
          "nonsense",
          "null",
          "[]",
          "{}",
          "\"\"",
          "17",
          "[".repeat(5_000),
          "{\"name\":1e999999999,\"job\":[]}",
          "{\"name\":[],\"job\":{}}",
          "{\"name\":\"x\",\"job\":{\"source\":[],\"destination\":7}}",
          "{\"name\":\"x\",\"job\":{\"source\":{\"files\":[{}]},\"destination\":{\"to\":null}}}",
          "{\"name\":\"x\",\"job\":{\"source\":{\"files\":\"a.csv\"},\"destination\":{\"to\":\"sqlite:a.db\"},\"mapping\":[1]}}",
          "{\"name\":\"x\",\"sourceConnectionIds\":7,\"targetConnectionIds\":{}}",
          "{\"name\":\"x\",\"sourceConnectionIds\":[7],\"targetConnectionIds\":[null]}",
          "{\"name\":\"x\",\"connectionSpec\":{\"id\":\"x\"},\"params\":[]}",
          "{\"name\":\"x\",\"connectionSpec\":7}",
          "{\"flowId\":{}}",
          "{\"flowId\":\"' OR 1=1 --\"}",
          "[{\"op\":\"replace\"}]",
          "[{\"op\":\"remove\",\"path\":\"/\"}]",
          "[{\"op\":\"remove\",\"path\":\"/name\"}]",
          "[{\"op\":\"move\",\"from\":\"/job\",\"path\":\"/job/source\"}]",
          "[{\"op\":\"copy\",\"from\":\"/x\",\"path\":\"/y\"}]",
          "[{\"op\":\"add\",\"path\":\"/job/source/files/99\",\"value\":1}]",
          "[{\"op\":\"add\",\"path\":\"/options\",\"value\":\"none\"}]",
          "[{\"op\":\"add\",\"path\":\"/scheduleParams\",\"value\":{\"frequency\":\"week\",\"interval\":99999999}}]",
          "[{\"op\":\"add\",\"path\":\"/scheduleParams\",\"value\":{\"frequency\":\"once\",\"startTime\":9999999999}}]",
          "[{\"op\":\"test\",\"path\":\"/name\",\"value\":7}]",
          "[7]",
          "\u0000\u0001\u0002",
          "{\"name\":\"\ud800\"}");

  @Test
  void noBodyMakesAnInternalError() {
    String flow = server.newFlow("contacts");
    String etag = server.get("/flows/" + flow).header("ETag");
    for (String body : BODIES) {
      for (String path :
          List.of(
              "/flows",
              "/flows/check",
              "/runs",
              "/connections",
              "/sourceConnections",
              "/targetConnections")) {
        fine("POST " + path, body, server.call(server.admin, "POST", ApiServer.BASE + path, body));
      }
      String now = server.get("/flows/" + flow).header("ETag");
      fine("PATCH", body, server.patch("/flows/" + flow, now.isEmpty() ? etag : now, body));
    }
  }

  @Test
  void noAddressMakesAnInternalError() {
    var random = new Random(7);
    String alphabet = "abc/?&=%.<>~!,[]{}'\"\\;:@+ -_0192";
    for (int i = 0; i < 400; i++) {
      var text = new StringBuilder();
      for (int j = random.nextInt(30); j > 0; j--) {
        text.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      String value =
          java.net.URLEncoder.encode(text.toString(), java.nio.charset.StandardCharsets.UTF_8);
      for (String path :
          List.of(
              "/runs?property=" + value,
              "/flows?orderby=" + value,
              "/connections?limit=" + value,
              "/runs?continuationToken=" + value,
              "/runs/" + value,
              "/runs/" + value + "/records",
              "/" + value)) {
        fine(path, "", server.get(path));
      }
    }
  }

  private static void fine(String what, String body, ApiServer.Reply reply) {
    assertThat(reply.status()).as(what + " with " + body + ": " + reply.text()).isLessThan(500);
    assertThat(reply.text()).doesNotContain("Exception", "dev.waybill");
  }

  @Test
  void otherMethodsAreToldWhichThereAre() {
    ApiServer.Reply reply = server.call(server.admin, "PUT", ApiServer.BASE + "/flows", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).contains("GET").contains("POST");
    assertThat(server.call(server.admin, "PROPFIND", ApiServer.BASE + "/flows", null).status())
        .isEqualTo(405);
  }

  @Test
  void tooLongBodyIsRefusedInTheApisShape() {
    ApiServer.Reply reply =
        server.call(
            server.admin, "POST", ApiServer.BASE + "/flows", "\"" + "x".repeat(1 << 20) + "\"");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(reply.json().required("errorMessage")).contains("longer");
  }

  @Test
  void callerWithTooManyRequestsIsTurnedAwayAndOthersAreNot(@TempDir Path other)
      throws IOException {
    try (var slow = new ApiServer(other, new Rate(0.01, 3))) {
      for (int i = 0; i < 3; i++) {
        assertThat(slow.get("/runs").status()).isEqualTo(200);
      }
      ApiServer.Reply fourth = slow.get("/runs");
      assertThat(fourth.status()).isEqualTo(429);
      assertThat(fourth.header("Retry-After")).isNotEmpty();
      assertThat(fourth.json().required("title")).isEqualTo("Too many requests");
      assertThat(slow.call(slow.viewer, "GET", ApiServer.BASE + "/runs", null).status())
          .isEqualTo(200);
    }
  }
}
