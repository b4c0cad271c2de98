package dev.waybill.akamai;

import dev.waybill.UserException;
import dev.waybill.akamai.CodeTable.Preset;
import dev.waybill.akamai.Records.EmptyText;
import dev.waybill.http.ConnectionSettings;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the user set.
///
/// @param uri of the application, without a slash at its end
/// @param serverTimeout sent as the parameter `timeout`; null to leave it to the API
/// @param primaryKey null if the records have none that the API could be asked by
/// @param notUpdated attributes that an update leaves as they are
/// @param updatesPerSecond most update calls in a second; 0 for unlimited
record AkamaiSettings(
    String uri,
    String typeName,
    Credentials credentials,
    ConnectionSettings connection,
    @Nullable Duration serverTimeout,
    int maxBodyBytes,
    @Nullable CommitEach commitEach,
    Mode mode,
    @Nullable PrimaryKey primaryKey,
    Set<String> notUpdated,
    double updatesPerSecond,
    EmptyText emptyText,
    Preset preset,
    CodeTable codes,
    CodeTable statuses) {

  /// What is done with records that are there already.
  enum Mode {
    /// They are rejected as duplicates.
    CREATE,
    /// They are updated, found by the primary key.
    DELTA
  }

  /// How the API puts the records of a call into its database (its parameter `commit_each`).
  enum CommitEach {
    TRUE,
    FALSE,
    SMART
  }

  private enum Auth {
    BASIC,
    FORM,
    SIGNATURE,
    OAUTH
  }

  private static final Pattern ATTRIBUTE = Pattern.compile("\\w+(\\.\\w+)*");
  private static final String ADDRESS_FORM =
      "akamai takes the address of the application, such as"
          + " akamai:https://my-app.us-dev.janraincapture.com";

  static final List<Option> OPTIONS = options();

  private static List<Option> options() {
    var options = new ArrayList<Option>();
    options.add(
        Option.of("apid-uri", null, "Address of the application, if it is not behind akamai:."));
    options.add(Option.of("client-id", null, "The API client's id."));
    options.add(Option.secret("client-secret", "The API client's secret."));
    options.add(Option.secret("access-token", "Token for auth=oauth."));
    options.add(
        Option.of(
            "auth",
            null,
            "How to show the credentials: basic, form, signature or oauth; by default oauth if"
                + " there is an access-token, otherwise basic."));
    options.add(Option.of("type-name", "user", "The entity type to write to."));
    options.add(
        Option.choice(
            "mode",
            "create",
            "create, or delta: update the records that are there.",
            List.of("create", "delta")));
    options.add(
        Option.of(
            "primary-key",
            null,
            "Unique attribute by which records are updated and doubt is resolved; by default the"
                + " load's key, or else email; none for no such attribute."));
    options.add(
        Option.of(
            "not-updated", "created", "Attributes that updates leave alone, separated by commas."));
    options.add(Option.of("update-rate", "4", "Most update calls in a second; 0 for unlimited."));
    options.add(Option.of("timeout", "10s", "How long to wait for the answer to a call."));
    options.add(
        Option.of(
            "server-timeout",
            null,
            "How long the API itself may work on a call (its parameter timeout), whole seconds up"
                + " to 60s."));
    options.add(
        Option.of("max-body-bytes", "5000000", "Largest call; larger ones are cut before."));
    options.add(
        Option.of("commit-each", null, "The API's parameter commit_each: true, false or smart."));
    options.add(Option.of("empty-text", "null", "Send empty texts as null, or keep them."));
    options.add(
        Option.of(
            "codes", "smart", "What codes mean where no list says: smart or strict-original."));
    options.addAll(CodeTable.options());
    ConnectionSettings.OPTIONS.stream()
        .filter(option -> !option.name().equals("answer-timeout"))
        .forEach(options::add);
    return List.copyOf(options);
  }

  /// Reads the address and the options.
  ///
  /// @param rest what stands behind `akamai:`; may be empty
  static AkamaiSettings of(String rest, Options options, Delivery delivery) {
    Preset preset = options.choice("codes", Preset.class);
    Mode mode = options.choice("mode", Mode.class);
    PrimaryKey primaryKey = primaryKey(options, delivery);
    if (mode == Mode.DELTA && primaryKey == null) {
      throw options.bad("primary-key", "must name an attribute when mode is delta");
    }
    return new AkamaiSettings(
        uri(rest, options),
        options.required("type-name"),
        credentials(options),
        connection(options),
        serverTimeout(options),
        options.integer("max-body-bytes", 1_000, Integer.MAX_VALUE / 4),
        options.has("commit-each") ? options.choice("commit-each", CommitEach.class) : null,
        mode,
        primaryKey,
        Set.copyOf(options.list("not-updated")),
        options.number("update-rate", 0),
        options.choice("empty-text", EmptyText.class),
        preset,
        CodeTable.ofCodes(options, preset),
        CodeTable.ofStatuses(options, preset));
  }

  private static String uri(String rest, Options options) {
    String option = Objects.requireNonNullElse(options.text("apid-uri"), "").strip();
    if (!rest.isEmpty() && !option.isEmpty() && !rest.equals(option)) {
      throw options.bad("apid-uri", "and the address akamai:" + rest + " differ: give one of them");
    }
    String text = rest.isEmpty() ? option : rest;
    if (text.isEmpty()) {
      throw new UserException(ADDRESS_FORM + ", or as --option apid-uri=ADDRESS");
    }
    try {
      var uri = new URI(text.contains("://") ? text : "https://" + text);
      boolean http = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (http
          && uri.getHost() != null
          && uri.getUserInfo() == null
          && uri.getQuery() == null
          && uri.getFragment() == null) {
        return uri.toString().replaceAll("/+$", "");
      }
    } catch (URISyntaxException e) {
      // told below
    }
    throw new UserException(ADDRESS_FORM + ", not '" + text + "'");
  }

  private static Credentials credentials(Options options) {
    Auth auth =
        options.has("auth")
            ? options.choice("auth", Auth.class)
            : options.has("access-token") ? Auth.OAUTH : Auth.BASIC;
    return switch (auth) {
      case BASIC ->
          new Credentials.Basic(options.required("client-id"), options.required("client-secret"));
      case FORM ->
          new Credentials.InForm(options.required("client-id"), options.required("client-secret"));
      case SIGNATURE ->
          new Credentials.Signature(
              options.required("client-id"), options.required("client-secret"));
      case OAUTH -> new Credentials.OAuth(options.required("access-token"));
    };
  }

  private static @Nullable PrimaryKey primaryKey(Options options, Delivery delivery) {
    String name = delivery.key().size() == 1 ? delivery.key().getFirst() : "email";
    if (options.has("primary-key")) {
      name = options.required("primary-key").strip();
      if (name.equals("none")) {
        return null;
      }
    }
    if (!ATTRIBUTE.matcher(name).matches()) {
      throw new UserException(
          "akamai option 'primary-key' takes the name of an attribute such as email or"
              + " account.number, not '"
              + name
              + "'");
    }
    return new PrimaryKey(name);
  }

  private static @Nullable Duration serverTimeout(Options options) {
    if (!options.has("server-timeout")) {
      return null;
    }
    Duration timeout = options.duration("server-timeout");
    if (timeout.toMillis() % 1_000 != 0 || timeout.isZero() || timeout.toSeconds() > 60) {
      throw options.bad("server-timeout", "takes whole seconds from 1s to 60s");
    }
    return timeout;
  }

  private static ConnectionSettings connection(Options options) {
    var given = new HashMap<String, String>();
    for (Option option : ConnectionSettings.OPTIONS) {
      if (!option.name().equals("answer-timeout") && options.has(option.name())) {
        given.put(option.name(), options.required(option.name()));
      }
    }
    Duration timeout = options.duration("timeout");
    if (timeout.isZero()) {
      throw options.bad("timeout", "takes a length of time above zero");
    }
    return ConnectionSettings.from(Options.of("akamai", ConnectionSettings.OPTIONS, given))
        .answerTimeout(timeout);
  }
}
