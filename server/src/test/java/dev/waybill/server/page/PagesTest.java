package dev.waybill.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.http.HttpServer;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesTest {

  private static final Pattern CSRF = Pattern.compile("name=\"csrf\" value=\"([^\"]+)\"");
  private static final String RUN = "/runs/" + Example.FAILED;

  private HttpClient client;
  private Example example;
  private HttpServer server;
  private String cookie = "";

  @BeforeAll
  void start(@TempDir Path folder) {
    example = new Example(folder, Instant.now());
    server = Preview.serve(example, 0);
    client = HttpClient.newHttpClient();
  }

  @BeforeEach
  void forgetWhoItWas() {
    cookie = "";
    example.works.asked.clear();
  }

  @AfterAll
  void stop() {
    server.close();
    client.close();
    example.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/flows",
        "/flows/contacts",
        "/flows/events",
        "/flows/contacts/edit",
        "/flows/new",
        "/runs",
        "/runs?state=failed",
        RUN,
        "/runs/" + Example.LIVE,
        RUN + "/reasons/0",
        RUN + "/records",
        RUN + "/records?disposition=unknown&text=answer",
        RUN + "/calls",
        RUN + "/calls?failed=yes",
        RUN + "/calls/1",
        "/settings"
      })
  void everyPageIsShownWithoutAnythingToRun(String path) throws Exception {
    signIn(Role.ADMIN);

    HttpResponse<String> page = get(path);

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
    // The policy forbids them, so they would not work.
    assertThat(page.body()).doesNotContain("style=\"").doesNotContainPattern("<script[^>]*>[^<]");
    assertThat(page.body()).doesNotContain("<script>alert").doesNotContain("hush");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/flows", "/flows/contacts", "/runs", RUN, RUN + "/files/fail.csv"})
  void strangersAreSentToSignInFirst(String path) throws Exception {
    HttpResponse<String> answer = get(path);

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location").orElse("")).startsWith("/sign-in?next=");
  }

  @Test
  void wrongTokenOpensNothing() throws Exception {
    HttpResponse<String> answer = post("/sign-in", Map.of("token", "wb_nonsense"));

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("This token opens nothing");
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void signingInLeadsToWhereOneWantedToGoAndNowhereElse() throws Exception {
    String token = example.token(Role.VIEWER);

    assertThat(location(post("/sign-in", Map.of("token", token, "next", RUN)))).isEqualTo(RUN);
    for (String evil : List.of("//evil.example", "https://evil.example", "/\\evil.example")) {
      assertThat(location(post("/sign-in", Map.of("token", token, "next", evil))))
          .isEqualTo("/flows");
    }
  }

  @Test
  void recordsOfHostileSourcesAreShownAsText() throws Exception {
    signIn(Role.VIEWER);

    assertThat(get(RUN + "/calls/1").body())
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
        .doesNotContain("<script>alert");
  }

  @Test
  void flowWhoseFileIsWrongSaysSo() throws Exception {
    signIn(Role.VIEWER);
    Flow flow = example.catalog.flow(Example.PROD, "contacts").orElseThrow();
    example.catalog.add(
        new Flow(
            "of-folder",
            flow.tenant(),
            "Of the folder",
            null,
            flow.job(),
            flow.options(),
            null,
            false,
            "contacts.yaml",
            "{\"complaint\":\"line 3: there is no 'sorce'\"}",
            Stamp.first(Instant.now(), "folder", "folder")));

    assertThat(get("/flows/of-folder").body())
        .contains("Its file contacts.yaml is wrong", "line 3: there is no 'sorce'");
  }

  @Test
  void flowShowsWhyItsRecordsFailAndSinceWhen() throws Exception {
    signIn(Role.VIEWER);

    assertThat(get("/flows/contacts").body())
        .contains("Why records fail", "9 days", "did not answer within … s", "no more")
        .contains("<a href=\"" + RUN + "\">this run</a>");
  }

  @Test
  void columnAtFaultIsMarkedInTheRow() throws Exception {
    signIn(Role.VIEWER);

    assertThat(get(RUN + "/reasons/0").body()).contains("<mark>bo.li@invalid.example</mark>");
  }

  @Test
  void viewerSeesNoButtonsAndCanPressNone() throws Exception {
    signIn(Role.VIEWER);

    assertThat(get(RUN).body()).doesNotContain("Retry what did not arrive");
    assertThat(submit(RUN, RUN + "/retry", Map.of()).statusCode()).isEqualTo(403);
    assertThat(submit(RUN, "/flows/contacts/run", Map.of()).statusCode()).isEqualTo(403);
    assertThat(submit(RUN, "/flows/contacts/pause", Map.of()).statusCode()).isEqualTo(403);
    assertThat(submit(RUN, "/flows/new/save", Map.of("name", "x")).statusCode()).isEqualTo(403);
    assertThat(get("/settings").body()).contains("Settings are for admins");
    assertThat(example.works.asked).isEmpty();
  }

  @Test
  void operatorRetriesAndIsLedToTheNewRun() throws Exception {
    signIn(Role.OPERATOR);

    HttpResponse<String> answer = submit(RUN, RUN + "/retry", Map.of());

    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(location(answer)).startsWith("/runs/").endsWith("?done=retried");
    assertThat(example.works.asked).containsExactly("retrigger " + Example.FAILED + " by Ben");
    assertThat(get(location(answer)).body()).contains("This run sends what did not arrive.");
  }

  @Test
  void whatCanNotBeDoneIsSaidOnThePage() throws Exception {
    signIn(Role.OPERATOR);

    HttpResponse<String> answer = submit("/flows/events", "/flows/events/run", Map.of());

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("is paused: resume it first.");
  }

  @Test
  void formWithoutTheSessionsTokenChangesNothing() throws Exception {
    signIn(Role.ADMIN);

    assertThat(post(RUN + "/retry", Map.of("csrf", "guessed")).statusCode()).isEqualTo(403);
    assertThat(post(RUN + "/retry", Map.of()).statusCode()).isEqualTo(403);
    assertThat(example.works.asked).isEmpty();
  }

  @Test
  void flowIsMadeWithItsSecretKeptEncryptedAndGoesWithIt() throws Exception {
    signIn(Role.ADMIN);
    Map<String, String> form =
        Map.of(
            "name", "Made here",
            "files", "a.csv",
            "to", "https://crm.example.com/contacts",
            "destination.option.auth", "bearer",
            "destination.option.token", "very-secret",
            "schedule", "cron",
            "cron", "30 2 * * 1-5",
            "zone", "Europe/Rome",
            "percent", "2.5");

    HttpResponse<String> answer = submit("/flows/new", "/flows/new/save", form);

    assertThat(answer.statusCode()).isEqualTo(303);
    String page = get(location(answer)).body();
    assertThat(page).contains("Made here", "30 2 * * 1-5", "secret:flow.");
    assertThat(page).doesNotContain("very-secret");
    assertThat(example.catalog.flows(Example.PROD, Query.newest(1)).items().getFirst().job())
        .doesNotContain("very-secret");
    assertThat(example.access.secrets().list(Example.PROD)).hasSize(1);

    String flow = location(answer).replaceFirst("\\?.*", "");
    submit(flow, flow + "/remove", Map.of());

    assertThat(example.access.secrets().list(Example.PROD)).isEmpty();
  }

  @Test
  void flowThatSomebodyElseChangedMeanwhileIsNotOverwritten() throws Exception {
    signIn(Role.ADMIN);
    Map<String, String> form =
        Map.of(
            "name", "Mine", "files", "a.csv", "to", "sqlite:x.db", "percent", "0", "version", "2");

    HttpResponse<String> answer = submit("/flows/contacts/edit", "/flows/contacts/edit/save", form);

    assertThat(answer.statusCode()).isEqualTo(412);
    assertThat(answer.body()).contains("Somebody else changed the flow Contacts to the CRM");
  }

  @Test
  void mistakesComeBackInTheirPlaceWithEverythingThatWasTyped() throws Exception {
    signIn(Role.ADMIN);
    Map<String, String> form =
        Map.of("name", "Typed", "files", "a.csv", "to", "gopher:hole", "percent", "0");

    HttpResponse<String> answer = submit("/flows/new", "/flows/new/save", form);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body())
        .contains("There is no destination 'gopher'", "id=\"to-wrong\"", "Typed", "a.csv");
  }

  @Test
  void whatIsInAnotherSandboxIsFoundByItsLinkOnly() throws Exception {
    signIn(Role.ADMIN);
    cookie += "; waybill-sandbox=staging";

    assertThat(get("/flows").body()).contains("There is no flow yet").doesNotContain("Contacts");
    HttpResponse<String> run = get(RUN);
    assertThat(run.statusCode()).isEqualTo(200);
    assertThat(run.headers().firstValue("Set-Cookie").orElse(""))
        .startsWith("waybill-sandbox=prod");
  }

  @Test
  void addressThatIsNoneHasAWayBack() throws Exception {
    signIn(Role.VIEWER);

    for (String path : List.of("/nowhere", "/flows/none", "/runs/none", RUN + "/calls/99999")) {
      HttpResponse<String> answer = get(path);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("Back to the flows");
    }
  }

  @Test
  void partsOfAPageThatIsOpenLeadToTheSignInWhenTheSessionIsOver() throws Exception {
    HttpResponse<String> answer =
        client.send(request(RUN).header("HX-Request", "true").build(), BodyHandlers.ofString());

    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(answer.headers().firstValue("HX-Redirect")).hasValue("/sign-in");
  }

  @Test
  void tokenIsShownWhenItIsMadeAndNeverAgain() throws Exception {
    signIn(Role.ADMIN);

    String page =
        submit("/settings", "/settings/tokens", Map.of("name", "Robot", "role", "operator")).body();

    Matcher shown = Pattern.compile("id=\"issued\"[^>]*>([^<]+)<").matcher(page);
    assertThat(shown.find()).isTrue();
    assertThat(get("/settings").body()).contains("Robot").doesNotContain(shown.group(1));
  }

  @Test
  void htmxIsServedFromTheClassPath() throws Exception {
    Matcher address = Pattern.compile("src=\"(/vendor/[^\"]+)\"").matcher(get("/sign-in").body());

    assertThat(address.find()).isTrue();
    assertThat(get(address.group(1)).statusCode()).isEqualTo(200);
  }

  private void signIn(Role role) throws Exception {
    HttpResponse<String> answer = post("/sign-in", Map.of("token", example.token(role)));
    assertThat(answer.statusCode()).isEqualTo(303);
    cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.address().resolve(path));
    return cookie.isEmpty() ? request : request.header("Cookie", cookie);
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(request(path).build(), BodyHandlers.ofString());
  }

  private HttpResponse<String> post(String path, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + "="
                        + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return client.send(
        request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  /// Sends a form as the page has it.
  private HttpResponse<String> submit(String page, String path, Map<String, String> form)
      throws IOException, InterruptedException {
    Matcher csrf = CSRF.matcher(get(page).body());
    assertThat(csrf.find()).isTrue();
    var whole = new HashMap<>(form);
    whole.put("csrf", csrf.group(1));
    return post(path, whole);
  }

  private static String location(HttpResponse<String> answer) {
    return answer.headers().firstValue("Location").orElse("");
  }
}
