package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.search.Outcome.Answer;
import dev.waybill.search.Outcome.Lost;
import dev.waybill.search.Outcome.NotSent;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Template;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads what the user set, looks whether the index is there, and puts the destination together.
///
/// @param idsAreGiven whether the index gives documents their ids, since records have no key
record Opening(
    Address address,
    ConnectionSettings connection,
    Options options,
    EntryMaker maker,
    boolean idsAreGiven) {

  /// "http.max_content_length … Defaults to 100mb": the Elasticsearch reference, networking. What
  /// is longer no request can carry, but for a server that is set otherwise.
  private static final long MOST_DOCUMENT_BYTES = 100 << 20;

  /// The option `id` where the index is to give the ids.
  private static final String AUTO = "auto";

  private static final int SUGGESTED_ITEMS = 1_000;
  private static final int SUGGESTED_IN_FLIGHT = 4;

  /// What the option `mode` takes.
  private enum Chosen {
    INSERT,
    UPSERT,
    UPDATE
  }

  /// What the option `refresh` takes.
  private enum Refresh {
    FALSE,
    WAIT_FOR,
    TRUE
  }

  static Opening of(String text, Options options, Delivery delivery) {
    boolean keyed =
        options.has("id") ? !options.required("id").equals(AUTO) : !delivery.key().isEmpty();
    Mode mode = mode(options, keyed);
    if (!keyed && mode != Mode.INSERT) {
      throw new UserException(
          "mode=%s needs to know by what a document is known: declare a key (--key FIELD), or"
                  .formatted(options.required("mode"))
              + " give --option id={FIELD}");
    }
    return of(text, options, delivery, mode);
  }

  static Opening deleting(String text, Options options, Delivery delivery) {
    return of(text, options, delivery, Mode.DELETE);
  }

  private static Opening of(String text, Options options, Delivery delivery, Mode mode) {
    Address address = Address.parse(text, delivery.name());
    Write write = options.choice("write", Write.class);
    if (options.has("write") && mode != Mode.UPSERT && mode != Mode.DELETE) {
      throw options.bad("write", "is of mode upsert alone; leave it out");
    }
    String id = options.text("id");
    String version = options.text("version-field");
    if (version != null && (mode == Mode.UPDATE || write == Write.MERGE)) {
      throw options.bad(
          "version-field",
          "has no effect on updates and merges, which servers take no version for");
    }
    if (version != null && mode == Mode.INSERT) {
      throw options.bad("version-field", "is of mode upsert alone; leave it out");
    }
    var maker =
        new EntryMaker(
            mode,
            write,
            address.index(),
            id == null ? null : Template.of(id.equals(AUTO) ? "" : id),
            options.text("routing-field"),
            // What is deleted comes with its key alone.
            mode == Mode.DELETE ? null : version);
    check(maker, delivery);
    if (!address.index().isFixed() && !options.enabled("create-index")) {
      throw new UserException(
          "the index '%s' is another for each record and can not be looked for beforehand: allow"
                  .formatted(address.index().text())
              + " missing ones to be made by --option create-index=true, or name one");
    }
    boolean idsAreGiven =
        mode == Mode.INSERT && (id == null ? delivery.key().isEmpty() : id.equals(AUTO));
    return new Opening(address, ConnectionSettings.from(options), options, maker, idsAreGiven);
  }

  private static Mode mode(Options options, boolean keyed) {
    if (options.text("mode") == null) {
      return keyed ? Mode.UPSERT : Mode.INSERT;
    }
    return switch (options.choice("mode", Chosen.class)) {
      case INSERT -> Mode.INSERT;
      case UPSERT -> Mode.UPSERT;
      case UPDATE -> Mode.UPDATE;
    };
  }

  /// Fields that are named must be there, where it is known what is there.
  private static void check(EntryMaker maker, Delivery delivery) {
    if (delivery.columns().size() == 0) {
      return;
    }
    field(delivery, "option 'routing-field'", maker.routing());
    field(delivery, "option 'version-field'", maker.version());
    maker.index().fields().forEach(name -> field(delivery, "the index's name", name));
    if (maker.id() != null) {
      maker.id().fields().forEach(name -> field(delivery, "option 'id'", name));
    }
  }

  private static void field(Delivery delivery, String where, @Nullable String name) {
    if (name == null || name.equals("key") || delivery.columns().contains(name)) {
      return;
    }
    throw new UserException(
        "%s names the field '%s', and %s only %s"
            .formatted(
                where,
                name,
                delivery.columns().asList().equals(delivery.key())
                    ? "what is deleted is known by"
                    : "the records have",
                String.join(", ", delivery.columns().asList())));
  }

  Destination<Fields> open() {
    var target =
        Bulk.Target.of(
            address.index(),
            switch (options.choice("refresh", Refresh.class)) {
              case FALSE -> "false";
              case WAIT_FOR -> "wait_for";
              case TRUE -> "true";
            },
            maker.mode() == Mode.DELETE ? null : options.text("pipeline"),
            idsAreGiven);
    var verdicts = new Verdicts(maker.mode(), maker.version() != null, idsAreGiven);
    var answers = new Answers(InstantSource.system());
    var inspection = new Inspection(address.base() + address.prefix(), connection.authorization());
    Traits traits = traits();
    SearchConnection opened = SearchConnection.open(address, connection);
    try {
      look(opened);
      return maker.mode() == Mode.INSERT && !idsAreGiven
          ? new SearchDestination.WithLookup(
              opened, inspection, traits, maker, target, verdicts, answers)
          : new SearchDestination(opened, inspection, traits, maker, target, verdicts, answers);
    } catch (RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  private Traits traits() {
    long bytes = options.integer("max-bytes", 1_024, Integer.MAX_VALUE);
    Traits traits =
        Traits.of(maker.mode().isIdempotent() ? Idempotence.IDEMPOTENT : Idempotence.NOT_IDEMPOTENT)
            .maxBytes(bytes, Math.max(bytes, MOST_DOCUMENT_BYTES))
            .maxInFlight(connection.connections())
            .suggesting(SUGGESTED_ITEMS, SUGGESTED_IN_FLIGHT, 0);
    return maker.mode().isIdempotent() && maker.version() == null
        ? traits.overtakingIsHarmful()
        : traits;
  }

  /// Looks whether the server and the index are there, which changes nothing.
  private void look(SearchConnection opened) {
    Template index = address.index();
    Outcome outcome;
    try {
      outcome = opened.call(Call.head(index.isFixed() ? "/" + index.text() : "/"));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("interrupted while " + address.base() + " was looked for", e);
    }
    switch (outcome) {
      case NotSent(String reason) ->
          throw new UserException(
              address.base() + " can not be reached: " + reason + "; check host and port");
      case Lost(String reason) ->
          throw new UserException(
              address.base()
                  + " did not answer: "
                  + reason
                  + (address.scheme().equals("http")
                      ? "; if it speaks TLS, write +https:// in the address"
                      : "; check host and port"));
      case Answer answer -> judge(answer.status());
    }
  }

  private void judge(int status) {
    String index = address.index().text();
    if (status == 401) {
      throw new UserException(
          "%s does not accept the credentials (401): check user and password, or api-key"
              .formatted(address.base()));
    }
    if (status == 404 && address.index().isFixed() && !options.enabled("create-index")) {
      throw new UserException(
          "there is no index '%s' at %s: make it, or have the server make it by its own rules with"
                  .formatted(index, address.base())
              + " --option create-index=true");
    }
    // 403: who may write need not be allowed to look. 404 and below: the server will say it again.
    boolean fine = status < 400 || Set.of(403, 404).contains(status);
    if (!fine) {
      throw new UserException(
          "%s answered with status %d when it was asked for the index '%s'"
              .formatted(address.base(), status, index));
    }
  }
}
