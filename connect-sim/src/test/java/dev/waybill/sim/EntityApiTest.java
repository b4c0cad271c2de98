package dev.waybill.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EntityApiTest {

  private static final String PEOPLE =
      """
      [{"email":"ann@b.example","age":30,"primaryAddress":{"city":"Oslo"},"phone":null},
       {"email":"bob@b.example","age":40,"primaryAddress":{"city":"Bergen"},"phone":"1"}]""";

  private final SimulatorServer server =
      SimulatorServer.start(Map.of("unique", "email", "bad", "email endsWith @invalid.example"));

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String bulkCreate(String records) {
    return Client.entity(
        server, "bulkCreate", Map.of("type_name", "user", "all_attributes", records));
  }

  private String find(String filter, String attributes) {
    return Client.entity(
        server, "find", Map.of("type_name", "user", "filter", filter, "attributes", attributes));
  }

  @Test
  void bulkCreateAnswersWithAUuidForEachRecord() {
    assertThat(bulkCreate(PEOPLE))
        .matches("\\{\"stat\":\"ok\",\"uuid_results\":\\[\"[0-9a-f-]{36}\",\"[0-9a-f-]{36}\"]}");
  }

  @Test
  void recordThatIsNotTakenHasAnErrorInItsPlace() {
    bulkCreate(PEOPLE);

    String answer =
        bulkCreate(
            """
            [{"email":"cat@b.example"},{"email":"bob@b.example"},{"email":"x@invalid.example"}]""");

    assertThat(answer)
        .matches(
            "\\{\"stat\":\"ok\",\"uuid_results\":\\[\"[0-9a-f-]{36}\","
                + "\\{\"stat\":\"error\",\"code\":361,\"error\":\"unique_violation\","
                + "\"error_description\":\"Attempted to update a duplicate value\"},"
                + "\\{\"stat\":\"error\",\"code\":360,\"error\":\"constraint_violation\","
                + "\"error_description\":\"email 'x@invalid.example' is not acceptable\"}]}");
  }

  @Test
  void createAnswersWithTheUuidOrTheError() {
    Map<String, String> form =
        Map.of("type_name", "user", "attributes", "{\"email\":\"ann@b.example\"}");

    assertThat(Client.entity(server, "create", form))
        .matches("\\{\"stat\":\"ok\",\"uuid\":\"[0-9a-f-]{36}\"}");
    assertThat(Client.entity(server, "create", form)).contains("\"code\":361");
  }

  @Test
  void updateChangesWhatItNamesAndLeavesTheRest() {
    bulkCreate(PEOPLE);

    String answer =
        Client.entity(
            server,
            "update",
            Map.of(
                "type_name", "user",
                "key_attribute", "email",
                "key_value", "\"bob@b.example\"",
                "attributes", "{\"age\":41}"));

    assertThat(answer).isEqualTo("{\"stat\":\"ok\"}");
    assertThat(find("email = 'bob@b.example'", "[\"age\",\"primaryAddress.city\"]"))
        .isEqualTo(
            "{\"stat\":\"ok\",\"result_count\":1,"
                + "\"results\":[{\"age\":41,\"primaryAddress.city\":\"Bergen\"}]}");
    assertThat(server.count(GroundTruth::overwritten)).isOne();
  }

  @Test
  void updateOfNobodyIsAnError() {
    String answer =
        Client.entity(
            server,
            "update",
            Map.of("type_name", "user", "uuid", "no-such", "attributes", "{\"age\":41}"));

    assertThat(answer).contains("\"code\":310,\"error\":\"record_not_found\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          email = 'ann@b.example'                            | ann
          email='ann@b.example' or email='bob@b.example'     | ann bob
          age > 30                                           | bob
          age >= 30 and primaryAddress.city != 'Bergen'      | ann
          phone is null                                      | ann
          phone is not null                                  | bob
          not (email = 'ann@b.example')                      | bob
          email = 'cat@b.example'                            | ''
          """)
  void findFilters(String filter, String names) {
    bulkCreate(PEOPLE);

    String answer = find(filter, "[\"email\"]");

    int count = names.isEmpty() ? 0 : names.split(" ").length;
    assertThat(answer).startsWith("{\"stat\":\"ok\",\"result_count\":" + count + ",");
    assertThat(answer.contains("ann@")).isEqualTo(names.contains("ann"));
    assertThat(answer.contains("bob@")).isEqualTo(names.contains("bob"));
  }

  @ParameterizedTest
  @CsvSource({"email in ('a')", "email =", "= 'a'", "email = 'a' email = 'b'", "(email = 'a'"})
  void filterThatIsNoneIsAnInvalidArgument(String filter) {
    assertThat(find(filter, "[]"))
        .contains("\"code\":200,\"error\":\"invalid_argument\"")
        .contains("the filter can not be understood before");
  }

  @Test
  void findReturnsNoMoreThanIsAskedFor() {
    bulkCreate(PEOPLE);

    assertThat(
            Client.entity(
                server,
                "find",
                Map.of("type_name", "user", "max_results", "1", "first_result", "1")))
        .contains("\"result_count\":1")
        .contains("bob@b.example");
  }

  @Test
  void wholeCallFailsWithHttp200AndACodeWhenThrottled() throws IOException {
    try (var busy = SimulatorServer.start(Map.of("throttle", "1"))) {
      assertThat(
              Client.entity(
                  busy, "bulkCreate", Map.of("type_name", "user", "all_attributes", PEOPLE)))
          .startsWith("{\"stat\":\"error\",\"code\":510,\"error\":\"rate_limit_exceeded\"");
    }
  }

  @Test
  void missingArgumentIsNamed() {
    assertThat(Client.entity(server, "bulkCreate", Map.of("type_name", "user")))
        .contains("\"code\":100,\"error\":\"missing_argument\"", "all_attributes");
    assertThat(Client.entity(server, "find", Map.of())).contains("type_name");
  }

  @Test
  void textsOfAllSortsSurviveTheForm() {
    bulkCreate("[{\"email\":\"a+b@b.example\",\"name\":\"Zoë & Søn = 100 %\"}]");

    assertThat(find("email = 'a+b@b.example'", "[\"name\"]")).contains("Zoë & Søn = 100 %");
  }

  @ParameterizedTest
  @CsvSource({"type_name=%", "type_name=%2", "type_name=%zz"})
  void formThatIsNoneIsABadRequest(String form) {
    assertThat(Client.post(server, "/entity.find", "application/x-www-form-urlencoded", form, ""))
        .startsWith("HTTP/1.1 400 Bad Request");
  }

  @Test
  void everyKindOfCredentialsIsTakenAndNoOther() throws Exception {
    try (var guarded =
        SimulatorServer.start(
            Map.of("client-id", "me", "client-secret", "hush", "token", "t0ken"))) {
      Map<String, String> form = Map.of("type_name", "user", "filter", "email = 'a'");
      String basic = Base64.getEncoder().encodeToString("me:hush".getBytes(StandardCharsets.UTF_8));
      var withClient = new TreeMap<>(form);
      withClient.put("client_id", "me");
      withClient.put("client_secret", "hush");
      String date = "2026-01-02 03:04:05";

      assertThat(find(guarded, form, "")).contains("\"code\":402");
      assertThat(find(guarded, form, "\nAuthorization: Basic eDp5")).contains("\"code\":402");
      assertThat(find(guarded, form, "\nAuthorization: Basic " + basic)).contains("\"ok\"");
      assertThat(find(guarded, form, "\nAuthorization: OAuth t0ken")).contains("\"ok\"");
      assertThat(find(guarded, withClient, "")).contains("\"ok\"");
      String signature = signature("/entity.find", date, form, "hush");
      String signed = "\nDate: " + date + "\nAuthorization: Signature me:";
      assertThat(find(guarded, form, signed + signature)).contains("\"ok\"");
      assertThat(find(guarded, withClient, signed + signature)).contains("\"code\":402");
      assertThat(Client.records(guarded, "[{}]")).startsWith("HTTP/1.1 401");
    }
  }

  private static String find(SimulatorServer server, Map<String, String> form, String headers) {
    return Client.body(
        Client.post(
            server,
            "/entity.find",
            "application/x-www-form-urlencoded",
            Client.form(form),
            headers));
  }

  private static String signature(String path, String date, Map<String, String> form, String secret)
      throws Exception {
    var signed = new StringBuilder(path + "\n" + date + "\n");
    new TreeMap<>(form).forEach((name, value) -> signed.append(name + "=" + value + "\n"));
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    return Base64.getEncoder()
        .encodeToString(mac.doFinal(signed.toString().getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void truthTellsWhatTheCallsDid() {
    bulkCreate(PEOPLE);
    bulkCreate(PEOPLE);

    assertThat(Json.text(Json.read(Client.get(server, "/truth"))))
        .startsWith("{\"calls\":2,\"received\":4,\"applied\":2,\"keys\":2,\"repeated\":0,")
        .contains("\"rejected\":2");
  }
}
