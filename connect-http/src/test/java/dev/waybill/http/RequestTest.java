package dev.waybill.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.spi.SingleSender;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.TestKeys;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLDecoder;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What goes out, by each option.
class RequestTest {

  private final Fixture api = new Fixture();

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void recordsGoAsAJsonArrayByPost() throws Exception {
    assertThat(api.send(2)).isEqualTo(Reply.accepted(2));

    var request = api.server.requests().getFirst();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.target()).isEqualTo("/things");
    assertThat(request.header("Content-Type")).isEqualTo("application/json");
    assertThat(api.sent())
        .isEqualTo("[{\"id\":\"r1\",\"name\":\"Name 1\"},{\"id\":\"r2\",\"name\":\"Name 2\"}]");
  }

  @Test
  void wrappedObjectHasTheConstantMembersFirst() throws Exception {
    api.with("body", "object").with("wrap", "items").with("members", "{\"mode\":\"new\",\"n\":1}");

    api.send(1);

    assertThat(api.sent())
        .isEqualTo("{\"mode\":\"new\",\"n\":1,\"items\":[{\"id\":\"r1\",\"name\":\"Name 1\"}]}");
  }

  @Test
  void jsonLinesHaveARecordOnEachLine() throws Exception {
    api.with("body", "lines");

    api.send(2);

    assertThat(api.sent())
        .isEqualTo("{\"id\":\"r1\",\"name\":\"Name 1\"}\n{\"id\":\"r2\",\"name\":\"Name 2\"}\n");
    assertThat(api.server.requests().getFirst().header("Content-Type"))
        .isEqualTo("application/x-ndjson");
  }

  @Test
  void formFieldHoldsTheArrayPercentEncoded() throws Exception {
    api.with("body", "form").with("form-field", "all_attributes").with("form-fields", "type=user");
    var fields = Fields.of(FieldNames.of("text"), "a b&c=d+e%ü\"€*-._~");
    try (var destination = api.open()) {
      destination.send(new Batch<>(1, List.of(Item.of(1, fields)), 1, "key"));
    }

    String[] parts = api.sent().split("&", -1);
    assertThat(parts).hasSize(2);
    assertThat(parts[0]).isEqualTo("type=user");
    assertThat(parts[1]).startsWith("all_attributes=%5B%7B%22text%22%3A%22a+b%26c");
    assertThat(URLDecoder.decode(parts[1], UTF_8))
        .isEqualTo("all_attributes=[{\"text\":\"a b&c=d+e%ü\\\"€*-._~\"}]");
    assertThat(api.server.requests().getFirst().header("Content-Type"))
        .isEqualTo("application/x-www-form-urlencoded");
  }

  @Test
  void singleBodyIsTheRecordAndTheAddressMayNameIt() throws Exception {
    api.at("/things/{id}?by={name}").with("body", "single").with("method", "put");
    api.answering(200, "{\"id\":\"given\"}");

    try (var destination = api.open()) {
      assertThat(destination.traits().maxItems()).isOne();
      assertThat(destination.traits().idempotence()).isEqualTo(Idempotence.IDEMPOTENT);
      assertThat(destination.send(Fixture.batch(1)))
          .isEqualTo(new Reply.Answered(List.of(new Verdict.Accepted("given"))));
    }
    var request = api.server.requests().getFirst();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.target()).isEqualTo("/things/r1?by=Name%201");
    assertThat(api.sent()).isEqualTo("{\"id\":\"r1\",\"name\":\"Name 1\"}");
  }

  @Test
  void recordWithoutTheValueThatTheAddressNeedsIsRefusedUnsent() throws Exception {
    api.at("/things/{email}").with("body", "single");

    assertThat(api.send(1)).isInstanceOf(Reply.Refused.class);
    assertThat(api.server.requests()).isEmpty();
  }

  @Test
  void gzipCompressesTheBody() throws Exception {
    api.with("gzip", "true");

    api.send(3);

    var request = api.server.requests().getFirst();
    assertThat(request.header("Content-Encoding")).isEqualTo("gzip");
    try (var in = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
      assertThat(new String(in.readAllBytes(), UTF_8)).startsWith("[{\"id\":\"r1\"").endsWith("]");
    }
  }

  @Test
  void headersAreAddedAndTakeThePlaceOfOurs() throws Exception {
    api.with("headers", "X-Tenant: blue | accept: application/problem+json")
        .with("content-type", "application/vnd.api+json");

    api.send(1);

    var request = api.server.requests().getFirst();
    assertThat(request.header("X-Tenant")).isEqualTo("blue");
    assertThat(request.header("Accept")).isEqualTo("application/problem+json");
    assertThat(request.header("Content-Type")).isEqualTo("application/vnd.api+json");
    assertThat(request.header("User-Agent")).isEqualTo("waybill");
  }

  @Test
  void idempotencyKeyStaysTheSameForEveryCallOfABatch() throws Exception {
    api.with("idempotency-key-header", "Idempotency-Key");

    try (var destination = api.open()) {
      assertThat(destination.traits().idempotence()).isEqualTo(Idempotence.IDEMPOTENT_CALL);
      destination.send(Fixture.batch(1));
      destination.send(new Batch<>(1, Fixture.batch(1).items(), 2, "key"));
    }

    assertThat(api.server.requests())
        .extracting(request -> request.header("Idempotency-Key"))
        .containsExactly("key-1", "key-1");
  }

  @Test
  void postIsNotIdempotentUnlessTheUserSaysSo() {
    try (var destination = api.open()) {
      assertThat(destination.traits().idempotence()).isEqualTo(Idempotence.NOT_IDEMPOTENT);
    }
    try (var destination = api.with("idempotent", "true").open()) {
      assertThat(destination.traits().idempotence()).isEqualTo(Idempotence.IDEMPOTENT);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "basic, Authorization, Basic dTpw",
    "bearer, Authorization, Bearer t0k",
    "header, X-API-Key, v4lue",
  })
  void credentialsAreShown(String scheme, String header, String value) throws Exception {
    api.with("auth", scheme)
        .with("user", "u")
        .with("password", "p")
        .with("token", "t0k")
        .with("auth-value", "v4lue");

    api.send(1);

    assertThat(api.server.requests().getFirst().header(header)).isEqualTo(value);
  }

  @Test
  void limitsAreThoseOfTheOptions() throws Exception {
    api.with("max-items", "7")
        .with("max-bytes", "100")
        .with("max-connections", "3")
        .with("calls-per-second", "2.5");

    try (var destination = api.open()) {
      var traits = destination.traits();
      assertThat(traits.maxItems()).isEqualTo(7);
      assertThat(traits.suggestedItems()).isEqualTo(7);
      assertThat(traits.maxInFlight()).isEqualTo(3);
      assertThat(traits.suggestedCallsPerSecond()).isEqualTo(2.5);
      long bytes = destination.bytesOf(Fixture.item(1)) + destination.bytesOf(Fixture.item(2));
      assertThat(bytes).isLessThanOrEqualTo(traits.maxBytes());
      destination.send(Fixture.batch(2));
    }
    assertThat(api.sent().length()).isLessThanOrEqualTo(100);
  }

  @Test
  void singleCallGoesToItsOwnAddress() throws Exception {
    api.with("single-url", api.server.uri("/one").toString()).answering(201, "{\"id\":7}");

    try (var destination = api.open()) {
      var reply = ((SingleSender<Fields>) destination).sendSingle(Fixture.batch(1));
      assertThat(reply).isEqualTo(new Reply.Answered(List.of(new Verdict.Accepted("7"))));
    }
    assertThat(api.server.requests().getFirst().target()).isEqualTo("/one");
    assertThat(api.sent()).isEqualTo("{\"id\":\"r1\",\"name\":\"Name 1\"}");
  }

  @Test
  void lookupTellsPresentAbsentAndUndecided() throws Exception {
    api.with("find-url", api.server.uri("/things/").toString() + "{key}");
    api.answering(200, "{\"id\":\"x9\"}").answering(404, "").answering(403, "not yours");

    try (var destination = api.open()) {
      var findings = ((Verifier<Fields>) destination).find(Fixture.batch(3).items());

      assertThat(findings)
          .isEqualTo(
              new Verifier.Findings.Found(
                  List.of(
                      new Verifier.Presence.Present("x9"),
                      new Verifier.Presence.Absent(),
                      new Verifier.Presence.Undecided(
                          Reason.of(
                              "403", "asked for a record, the API answered 403: not yours")))));
    }
    assertThat(api.server.requests().getFirst().method()).isEqualTo("GET");
    assertThat(api.server.requests().getFirst().target()).isEqualTo("/things/r1");
  }

  @Test
  void lookupThatCanNotAskSaysSo() throws Exception {
    api.with("find-url", api.server.uri("/things/").toString() + "{id}").answering(503, "busy");

    try (var destination = api.open()) {
      assertThat(((Verifier<Fields>) destination).find(Fixture.batch(2).items()))
          .isInstanceOf(Verifier.Findings.Failed.class);
    }
  }

  @Test
  void previewShowsTheWholeRequestWithSecretsMasked() {
    api.with("auth", "bearer").with("token", "s3cret").with("headers", "X-Session-Token: hidden");

    try (var destination = api.open()) {
      assertThat(((Preview<Fields>) destination).preview(Fixture.batch(1)))
          .isEqualTo(
              """
              POST %s
              Content-Type: application/json
              Accept: application/json
              X-Session-Token: ***
              Authorization: Bearer ***

              [{"id":"r1","name":"Name 1"}]
              """
                  .formatted(api.server.uri("/things")));
    }
    assertThat(api.server.requests()).isEmpty();
  }

  @Test
  void recordWithoutJsonFormIsRefusedUnsent() throws Exception {
    var fields = Fields.of(FieldNames.of("n"), Double.NaN);
    try (var destination = api.open()) {
      assertThat(destination.send(new Batch<>(1, List.of(Item.of(1, fields)), 1, "key")))
          .isInstanceOf(Reply.Refused.class);
    }
    assertThat(api.server.requests()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://|is no address",
        "http://a b/|is no address",
        "http:///x|names no host",
        "http://u:p@h/x|must not hold a user and password",
        "http://h/{id}|has a placeholder, which needs a call for each record",
      })
  void addressThatIsNoneIsTheUsersMistake(String address, String complaint) {
    var provider = new HttpProvider();
    assertThatThrownBy(
            () ->
                provider.open(
                    address,
                    Options.of("http", provider.options(), Map.of()),
                    new DestinationProvider.Delivery(Fixture.COLUMNS, List.of(), List.of())))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("the address " + address + " ")
        .hasMessageContaining(complaint);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "headers|nonsense",
        "body|xml",
        "members|[1]",
        "match|name",
        "throttled-statuses|600",
        "success-when|!/a=b",
        "find-url|ftp://x/y",
        "proxy|socks://x",
        "answer-timeout|0",
        "max-bytes|1",
      })
  void valueThatAnOptionDoesNotTakeIsNamed(String option, String value) {
    api.with("results", "/").with("body", "object").with(option, value);
    assertThatThrownBy(api::open)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("'" + option + "'");
  }

  @Test
  void serverThatIsNotThereIsToldAtOnce() throws Exception {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    assertThatThrownBy(
            () ->
                Reach.check(URI.create("http://127.0.0.1:" + port), ConnectionSettings.defaults()))
        .isInstanceOf(UserException.class)
        .hasMessageMatching(
            "127.0.0.1:" + port + " can not be reached \\(.*\\); check host and port");
    assertThatThrownBy(
            () ->
                Reach.check(
                    URI.create("http://no-such-host.invalid/"), ConnectionSettings.defaults()))
        .hasMessage("the host no-such-host.invalid is not known; check the address");
  }

  @Test
  void certificateThatIsNotTrustedIsToldAtOnce() throws Exception {
    TestKeys keys = TestKeys.get();
    try (var secure = ScriptedServer.startTls(keys.server())) {
      var settings = ConnectionSettings.defaults();
      assertThatThrownBy(() -> Reach.check(secure.uri("/"), settings))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--option ca-file");
      Reach.check(
          secure.uri("/"),
          settings.trust(new ConnectionSettings.Trust.Authorities(keys.certificate())));
      Reach.check(secure.uri("/"), settings.trust(new ConnectionSettings.Trust.Anyone()));
      assertThat(secure.requests()).isEmpty();
    }
  }
}
