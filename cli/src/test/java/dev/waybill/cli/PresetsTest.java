package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.cli.Cli.Said;
import dev.waybill.cli.FakeService.Braze;
import dev.waybill.cli.FakeService.HubSpot;
import dev.waybill.cli.FakeService.Intercom;
import dev.waybill.cli.FakeService.Mailchimp;
import dev.waybill.cli.FakeService.Salesforce;
import dev.waybill.cli.FakeService.Sheet;
import dev.waybill.cli.FakeService.Slack;
import dev.waybill.cli.FakeService.Zendesk;
import dev.waybill.json.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Presets from the command line, against services that throttle first, refuse one record and know
/// how to delete.
class PresetsTest {

  private static final String SECRET = "s3cret-of-the-service";

  @TempDir Path directory;
  private Cli cli;

  @BeforeEach
  void start() {
    cli = new Cli(directory);
  }

  @Test
  void hubSpotIsKeptEqual() {
    try (var service = new HubSpot()) {
      isKeptEqual(service, "id", "hubspot:contacts", "token=" + SECRET);
    }
  }

  @Test
  void salesforceIsKeptEqual() {
    try (var service = new Salesforce()) {
      isKeptEqual(
          service, "id", "salesforce://acme.example.com/Contact", "auth=token", "token=" + SECRET);
    }
  }

  @Test
  void brazeIsKeptEqual() {
    try (var service = new Braze()) {
      isKeptEqual(service, "external_id", "braze://rest.example.com", "token=" + SECRET);
    }
  }

  /// With a preset of one's own that stands on that for Zendesk, so that the test need not wait.
  @Test
  void zendeskIsKeptEqualThroughItsJobs() {
    String preset =
        cli.file("zen.yaml", "extends: zendesk\nhttp: {job-every: 5ms, calls-per-second: 0}\n");
    try (var service = new Zendesk()) {
      isKeptEqual(
          service,
          "external_id",
          "preset:" + preset + "#//acme.example.com/users",
          "email=agent@example.com",
          "token=" + SECRET);
      assertThat(service.calls()).contains("GET /api/v2/job_statuses/V3.json");
    }
  }

  @Test
  void intercomIsKeptEqualOneByOne() {
    try (var service = new Intercom()) {
      isKeptEqual(service, "external_id", "intercom:contacts", "token=" + SECRET);
      assertThat(service.calls()).contains("PUT /contacts/c3");
    }
  }

  @Test
  void mailchimpIsKeptEqual() {
    try (var service = new Mailchimp()) {
      isKeptEqual(
          service, "email_address", "mailchimp:aud1", "api-key=" + SECRET, "status=subscribed");
    }
  }

  /// Throttled once, three records, one of them bad; then it is mended, one has changed and one is
  /// gone.
  private void isKeptEqual(FakeService service, String key, String to, String... options) {
    String header = key + ",email,city\n";
    String people =
        cli.file(
            "people.csv",
            header + "1,a@x.example,Bern\n2,b@bad.example,Bern\n3,c@x.example,Bern\n");
    Fields first = account(sync(service, people, key, to, options), 1);
    assertThat(first.get("delivered")).as(first.toString()).isEqualTo(2L);
    assertThat(first.get("rejected")).isEqualTo(1L);
    assertThat(service.records.keySet()).containsExactlyInAnyOrder("1", "3");

    cli.file("people.csv", header + "2,b@x.example,Bern\n3,c@x.example,Chur\n");
    Fields second = account(sync(service, people, key, to, options), 0);
    assertThat(second.get("delivered")).isEqualTo(3L);
    assertThat(service.records.keySet()).containsExactlyInAnyOrder("2", "3");
    assertThat(String.valueOf(service.records.get("3"))).contains("Chur");
    assertThat(sync(service, people, key, to, options).err()).doesNotContain(SECRET);
  }

  private Said sync(FakeService service, String file, String key, String to, String... options) {
    var all =
        new ArrayList<>(
            List.of("sync", file, "--key", key, "--mode", "mirror", "--to", to, "--json"));
    all.addAll(List.of("--max-attempts", "1", "--max-deletes", "100%"));
    all.addAll(List.of("--out", cli.path("out").toString()));
    all.addAll(List.of("--ledger", cli.path("ledger.db").toString()));
    all.addAll(List.of("--option", "base-url=" + service.place()));
    for (String option : options) {
      all.addAll(List.of("--option", option));
    }
    return cli.says(all.toArray(String[]::new));
  }

  private static Fields account(Said said, int code) {
    assertThat(said.out()).as(said.err()).startsWith("{").doesNotContain(SECRET);
    assertThat(said.code()).as(said.out()).isEqualTo(code);
    return (Fields) Objects.requireNonNull(Json.read(said.out()));
  }

  @Test
  void sheetGetsARowForEachRecordButForTheBadOne() {
    String people =
        cli.file("people.csv", "id,email\n1,a@x.example\n2,b@bad.example\n3,c@x.example\n");
    try (var sheet = new Sheet()) {
      cli.load(
          people,
          "--to",
          "sheets://1Bxi/Sheet1",
          "--option",
          "auth=token",
          "--option",
          "token=" + SECRET,
          "--option",
          "base-url=" + sheet.place(),
          "--rate",
          "0");
      assertThat(sheet.rows)
          .containsExactlyInAnyOrder("[\"1\",\"a@x.example\"]", "[\"3\",\"c@x.example\"]");
    }
    assertThat(cli.left("fail")).contains("Invalid values");
  }

  @Test
  void slackGetsAMessageForEachRecordAndItsAddressIsNeverShown() {
    String people = cli.file("people.csv", "id,email\n1,a@x.example\n2,b@bad.example\n");
    try (var slack = new Slack()) {
      String[] command = {
        people,
        "--to",
        "slack:",
        "--option",
        "webhook=" + slack.place() + "/services/" + SECRET,
        "--option",
        "text=New: {email}",
        "--rate",
        "0"
      };
      var dry = new ArrayList<>(List.of("load", "--dry-run"));
      dry.addAll(List.of(command));
      Said preview = cli.says(dry.toArray(String[]::new));
      assertThat(preview.out()).contains("/***", "{\"text\":\"New: a@x.example\"}");

      Said said = cli.load(command);
      assertThat(slack.messages).containsExactly("{\"text\":\"New: a@x.example\"}");
      assertThat(preview.out() + preview.err() + said.out() + said.err()).doesNotContain(SECRET);
    }
    assertThat(cli.left("fail")).contains("invalid_payload").doesNotContain(SECRET);
  }

  /// The job file of the page of docs, with a file for its database.
  @Test
  void jobFileOfTheDocsWorks() throws Exception {
    String page = Files.readString(Path.of("../docs/destinations/presets.md"));
    String part = page.substring(page.indexOf("```yaml") + "```yaml".length());
    String job = part.substring(part.indexOf("destination:"), part.indexOf("```"));
    String people = cli.file("people.csv", "mail,first_name,x\na@x.example,Ann,1\n");
    try (var service = new HubSpot()) {
      String file =
          cli.file(
              "job.yaml",
              "source: {files: "
                  + people
                  + "}\n"
                  + job.replace(
                      "env:HUBSPOT_TOKEN", SECRET + ", base-url: '" + service.place() + "'"));
      Said said =
          cli.says(
              "sync",
              file,
              "--json",
              "--out",
              cli.path("out").toString(),
              "--ledger",
              cli.path("ledger.db").toString());
      assertThat(account(said, 0).get("delivered")).isEqualTo(1L);
      assertThat(String.valueOf(service.records.get("a@x.example"))).isEqualTo("{firstname=Ann}");
    }
  }

  @Test
  void destinationThatOnlyAppendsIsNoMirror() {
    String people = cli.file("people.csv", "id\n1\n");
    Said said =
        cli.says(
            "sync",
            people,
            "--key",
            "id",
            "--to",
            "slack:",
            "--option",
            "webhook=https://x.example");
    assertThat(said.err())
        .contains("The destination slack: can not upsert records by their key; it can append");
  }

  @Test
  void presetsAreListedWithTheirOptions() {
    assertThat(cli.says("destinations").out())
        .contains("hubspot")
        .contains("salesforce://HOST/OBJECT")
        .contains("preset:FILE.yaml#PLACE");
    assertThat(cli.says("destinations", "hubspot").out())
        .contains("id-property")
        .contains("(one of upsert, create, update; default:")
        .contains("(secret: env:VARIABLE or file:PATH)")
        .contains("max-items");
    String own = cli.file("crm.yaml", "extends: hubspot\nsummary: Ours\n");
    assertThat(cli.says("destinations", "preset:" + own).out()).contains("Ours", "id-property");
  }

  @Test
  void dryRunShowsTheCallWithSecretsMasked() {
    String people = cli.file("people.csv", "email,city\na@x.example,Bern\n");
    try (var service = new HubSpot()) {
      Said said =
          cli.says(
              "load",
              people,
              "--dry-run",
              "--key",
              "email",
              "--to",
              "hubspot:contacts",
              "--option",
              "token=" + SECRET,
              "--option",
              "base-url=" + service.place());
      assertThat(said.out())
          .contains("POST " + service.place() + "/crm/v3/objects/contacts/batch/upsert")
          .contains("Authorization: Bearer ***")
          .contains("\"idProperty\":\"email\"")
          .doesNotContain(SECRET);
      assertThat(service.calls()).isEmpty();
    }
  }
}
