package dev.waybill.http;

import dev.waybill.FieldNames;
import dev.waybill.UserException;
import dev.waybill.http.ResultRules.Match;
import dev.waybill.http.ResultRules.Missing;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits.Idempotence;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// What the user's options make of the HTTP destination.
final class Setup {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// RFC 9110, section 9.2.2, as far as they carry a record.
  private static final Set<String> IDEMPOTENT_METHODS = Set.of("PUT", "DELETE");

  private final Options options;

  Setup(Options options) {
    this.options = options;
  }

  /// The call that takes batches.
  Endpoint endpoint(String address, Delivery delivery, InstantSource clock) {
    UrlTemplate url = address(address);
    Body body = new BodyRules(options, delivery.columns()).body();
    boolean single = body instanceof Body.Single;
    if (!url.isFixed() && !single) {
      throw new UserException(
          "the address "
              + url
              + " has a placeholder, which needs a call for each record: --option body=single");
    }
    Endpoint endpoint =
        endpoint(
            "method",
            url,
            body,
            reader(url, single ? pointer("id") : null, results(delivery.key()), clock));
    return endpoint.or(existing(body, clock));
  }

  /// The address that calls go to, which may be a secret.
  private UrlTemplate address(String address) {
    String secret = options.text("address");
    if (secret == null) {
      return parsed("the address " + address + " ", address, UrlTemplate::parse);
    }
    return parsed("http option 'address' ", secret, UrlTemplate::parse).hidden();
  }

  /// What is done with a record that is there already; null if nothing.
  private @Nullable Existing existing(Body body, InstantSource clock) {
    UrlTemplate url = template("update-url");
    if (url == null) {
      return null;
    }
    if (!(body instanceof Body.Single)) {
      throw options.bad("update-url", "needs a call for each record, body=single");
    }
    var statuses = new HashSet<Integer>();
    for (String status : options.list("exists-statuses")) {
      if (!status.matches("4\\d\\d")) {
        throw options.bad("exists-statuses", "takes statuses from 400 to 499, separated by commas");
      }
      statuses.add(Integer.valueOf(status));
    }
    return new Existing(
        statuses,
        pointer("exists-id"),
        pattern("exists-id-pattern"),
        endpoint("update-method", url, body, reader(url, pointer("id"), null, clock)));
  }

  private @Nullable Pattern pattern(String name) {
    String text = options.text(name);
    if (text == null) {
      return null;
    }
    Pattern pattern = parsed("http option '" + name + "': " + text + " ", text, Setup::regex);
    if (pattern.matcher("").groupCount() != 1) {
      throw options.bad(name, "takes a regular expression with one group");
    }
    return pattern;
  }

  private static Pattern regex(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "is no regular expression (" + e.getDescription() + ")", e);
    }
  }

  /// The call that takes one record; null if there is none besides that for batches.
  @Nullable Endpoint single(Delivery delivery, InstantSource clock) {
    UrlTemplate url = template("single-url");
    return url == null
        ? null
        : endpoint(
            "single-method",
            url,
            new BodyRules(options, delivery.columns()).single(),
            reader(url, pointer("id"), null, clock));
  }

  /// The call that takes records away: one, if its address names it, or else a batch of keys in the
  /// form in which records are sent.
  ///
  /// @throws UserException if no address for it was given
  Endpoint deleting(List<String> key, InstantSource clock) {
    UrlTemplate url = template("delete-url");
    if (url == null) {
      throw new UserException(
          "A mirror deletes what left the source, and nobody said how: give --option"
              + " delete-url=https://HOST/PATH/{key}, or choose mode upsert");
    }
    if (url.isFixed()) {
      // Of records that are gone nothing but the key is known, whatever the form wants.
      Body body = new BodyRules(options, FieldNames.of()).body();
      return endpoint("delete-method", url, body, reader(url, null, results(key), clock));
    }
    var reader =
        new AnswerReader(
            StatusTable.forDeletes(options),
            options.has("answer-success-when") && options.has("job-url")
                ? condition("answer-success-when")
                : null,
            Wording.of(options.text("error-code"), options.text("error-message")),
            null,
            null,
            null,
            0,
            new RateHeaders(clock));
    return endpoint("delete-method", url, new Body.None(), reader);
  }

  private Endpoint endpoint(String method, UrlTemplate url, Body body, AnswerReader reader) {
    return new Endpoint(
        method(method),
        url,
        headers(body.contentType()),
        body,
        gzip() && !(body instanceof Body.None)
            ? Endpoint.Compression.GZIP
            : Endpoint.Compression.NONE,
        idempotencyKeyHeader(),
        reader,
        null,
        job(),
        null);
  }

  private @Nullable Job job() {
    if (!options.has("job-url")) {
      return null;
    }
    return new Job(
        pointer("job-url"),
        condition("job-done-when"),
        options.duration("job-every"),
        options.duration("job-patience"));
  }

  /// The call that asks for a record; null if there is none.
  @Nullable Lookup lookup(
      HttpCaller caller, Auth auth, Endpoint endpoint, Lookup.WithoutId without) {
    UrlTemplate url = template("find-url");
    return url == null
        ? null
        : new Lookup(
            caller, auth, url, pointer("id"), endpoint.headers(), new Inspection(), without);
  }

  private String method(String name) {
    String method = options.required(name).toUpperCase(Locale.ROOT);
    if (!TOKEN.matcher(method).matches()) {
      throw options.bad(name, "takes a method such as POST or PUT");
    }
    return method;
  }

  /// The address in an option; null if it was not given.
  private @Nullable UrlTemplate template(String name) {
    String text = options.text(name);
    return text == null
        ? null
        : parsed("http option '" + name + "': " + text + " ", text, UrlTemplate::parse);
  }

  static <V> V parsed(String subject, String text, Function<String, V> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new UserException(subject + e.getMessage(), e);
    }
  }

  private boolean gzip() {
    return options.enabled("gzip");
  }

  int maxItems() {
    return options.has("max-items")
        ? options.integer("max-items", 1, Integer.MAX_VALUE)
        : Integer.MAX_VALUE;
  }

  /// Most bytes in a body; [Long#MAX_VALUE] if unlimited.
  long maxBytes() {
    return options.has("max-bytes")
        ? options.integer("max-bytes", 100, Integer.MAX_VALUE)
        : Long.MAX_VALUE;
  }

  double callsPerSecond() {
    return options.number("calls-per-second", 0);
  }

  private @Nullable String idempotencyKeyHeader() {
    String name = options.text("idempotency-key-header");
    if (name != null && !TOKEN.matcher(name).matches()) {
      throw options.bad("idempotency-key-header", "takes the name of a header");
    }
    return name;
  }

  Idempotence idempotence() {
    boolean idempotent =
        options.has("idempotent")
            ? options.enabled("idempotent")
            : IDEMPOTENT_METHODS.contains(method("method"));
    if (idempotent) {
      return Idempotence.IDEMPOTENT;
    }
    return options.has("idempotency-key-header") && !options.has("idempotent")
        ? Idempotence.IDEMPOTENT_CALL
        : Idempotence.NOT_IDEMPOTENT;
  }

  /// Those that every request carries, but for the credentials.
  private List<Header> headers(String defaultContentType) {
    var given = new ArrayList<Header>();
    for (String line : text("headers", "").split("[|\n]", -1)) {
      if (!line.isBlank()) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? "" : line.substring(0, colon).strip();
        if (!TOKEN.matcher(name).matches()) {
          throw options.bad("headers", "takes 'Name: value', several separated by |");
        }
        given.add(new Header(name, line.substring(colon + 1).strip()));
      }
    }
    var headers = new ArrayList<Header>();
    if (!defaultContentType.isEmpty()) {
      headers.add(new Header("Content-Type", text("content-type", defaultContentType)));
    }
    if (gzip() && !defaultContentType.isEmpty()) {
      headers.add(new Header("Content-Encoding", "gzip"));
    }
    headers.add(new Header("Accept", "application/json"));
    headers.removeIf(
        ours -> given.stream().anyMatch(own -> own.name().equalsIgnoreCase(ours.name())));
    headers.addAll(given);
    return List.copyOf(headers);
  }

  Auth auth(HttpCaller caller, InstantSource clock) {
    return new CredentialRules(options).auth(caller, clock);
  }

  private AnswerReader reader(
      UrlTemplate url,
      @Nullable Pointer singleId,
      @Nullable ResultReader results,
      InstantSource clock) {
    return new AnswerReader(
        url.isFixed() ? StatusTable.from(options) : StatusTable.forRecords(options),
        options.has("answer-success-when") ? condition("answer-success-when") : null,
        Wording.of(options.text("error-code"), options.text("error-message")),
        results,
        singleId,
        options.has("suspects") ? pointer("suspects") : null,
        options.integer("first-index", 0, 1),
        new RateHeaders(clock));
  }

  private @Nullable ResultReader results(List<String> key) {
    if (!options.has("results")) {
      return null;
    }
    Match match = options.choice("match", Match.class);
    String resultKey = text("result-key", match == Match.INDEX ? "/index" : "/id");
    return new ResultReader(
        new ResultRules(
            places("results", match),
            match,
            Pointer.list(resultKey),
            recordKey(match, resultKey, key),
            options.integer("first-index", 0, 1),
            options.choice("missing-results", Missing.class),
            condition("success-when"),
            pointer("id"),
            Wording.of(options.text("code"), options.text("message")),
            codes("item-deferred-codes"),
            codes("item-permanent-codes"),
            codes("duplicate-codes"),
            codes("item-unknown-codes")));
  }

  private List<Pointer> places(String name, Match match) {
    List<Pointer> places = Pointer.list(text(name, ""));
    if (places.size() > 1 && match == Match.POSITION) {
      throw options.bad(name, "names several places, so match=index or match=key is needed");
    }
    return places;
  }

  private Pointer recordKey(Match match, String resultKey, List<String> key) {
    String given = options.text("record-key");
    if (given != null || match != Match.KEY) {
      return Pointer.parse(given == null ? "" : given);
    }
    return key.size() == 1
        ? new Pointer(List.of(key.getFirst()))
        : Pointer.list(resultKey).getFirst();
  }

  private Codes codes(String name) {
    return new Codes(options.list(name));
  }

  private Condition condition(String name) {
    try {
      return Condition.parse(options.required(name));
    } catch (IllegalArgumentException e) {
      throw options.bad(name, "takes tests such as /status=ok, /id or !/error");
    }
  }

  private Pointer pointer(String name) {
    return Pointer.parse(text(name, ""));
  }

  private String text(String name, String otherwise) {
    String text = options.text(name);
    return text == null ? otherwise : text;
  }
}
