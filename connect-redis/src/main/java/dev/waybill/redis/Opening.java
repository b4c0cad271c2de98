package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Template;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Traits.Idempotence;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Reads what the user set, looks whether the server is there, and puts the destination together.
record Opening(
    Address address, ConnectionSettings connection, Options options, CommandMaker maker) {

  /// "proto-max-bulk-len … normally limited to 512 mb": redis.conf.
  private static final long MOST_RECORD_BYTES = 512L << 20;

  private static final int SUGGESTED_ITEMS = 1_000;
  private static final int SUGGESTED_IN_FLIGHT = 2;

  static Opening of(String text, Options options, Delivery delivery) {
    return of(text, options, delivery, false);
  }

  static Opening deleting(String text, Options options, Delivery delivery) {
    return of(text, options, delivery, true);
  }

  private static Opening of(String text, Options options, Delivery delivery, boolean deletes) {
    Address address = Address.parse(text);
    Type type = options.choice("type", Type.class);
    if (deletes && !type.hasOwnKeys()) {
      throw new UserException(
          "elements of a %s can not be deleted by key: choose mode append, or type=hash"
              .formatted(word(type)));
    }
    var maker =
        new CommandMaker(
            type,
            mode(options, type),
            write(options, type),
            key(options, delivery, type),
            timeToLive(options, type),
            value(options, type),
            maxLength(options, type),
            deletes);
    check(maker, delivery, deletes);
    return new Opening(address, ConnectionSettings.from(address, options), options, maker);
  }

  private static Mode mode(Options options, Type type) {
    if (options.text("mode") == null) {
      return type.hasOwnKeys() ? Mode.UPSERT : Mode.INSERT;
    }
    Mode mode = options.choice("mode", Mode.class);
    if (!type.hasOwnKeys() && mode != Mode.INSERT) {
      throw new UserException(
          "type=%s only grows, and nothing in it is replaced: choose mode=insert (append in a sync)"
              .formatted(word(type)));
    }
    return mode;
  }

  private static Write write(Options options, Type type) {
    if (options.has("write") && type != Type.HASH) {
      throw options.bad("write", "is of type hash alone; leave it out");
    }
    return options.choice("write", Write.class);
  }

  private static Template key(Options options, Delivery delivery, Type type) {
    if (options.has("key")) {
      Template key = Template.of(options.required("key"));
      if (key.isFixed() && type.hasOwnKeys()) {
        throw options.bad(
            "key", "must name a field in braces, such as customer:{id}, so that keys differ");
      }
      return key;
    }
    if (delivery.name() == null) {
      throw new UserException(
          "the records have no name to make Redis keys of: give --option key="
              + (type.hasOwnKeys() ? "customer:{id}" : "customers"));
    }
    if (type.hasOwnKeys() && delivery.key().isEmpty()) {
      throw new UserException(
          "it is not known by what a record is known: declare a key (--key FIELD), or give --option"
              + " key=%s:{FIELD}".formatted(delivery.name()));
    }
    return Template.of(delivery.name() + (type.hasOwnKeys() ? ":{key}" : ""));
  }

  private static long timeToLive(Options options, Type type) {
    if (!options.has("ttl")) {
      return 0;
    }
    if (!type.hasOwnKeys()) {
      throw options.bad("ttl", "is of types hash and string alone; leave it out");
    }
    long millis = options.duration("ttl").toMillis();
    if (millis == 0) {
      throw options.bad("ttl", "takes a length of time above zero");
    }
    return millis;
  }

  private static @Nullable String value(Options options, Type type) {
    String field = options.text("value-field");
    if (field != null && (type == Type.HASH || type == Type.STREAM)) {
      throw options.bad("value-field", "is of types string and list alone; leave it out");
    }
    return field;
  }

  private static long maxLength(Options options, Type type) {
    if (options.has("max-length") && type != Type.STREAM) {
      throw options.bad("max-length", "is of type stream alone; leave it out");
    }
    return options.integer("max-length", 0, Integer.MAX_VALUE);
  }

  /// Fields that are named must be there, where it is known what is there.
  private static void check(CommandMaker maker, Delivery delivery, boolean deletes) {
    if (delivery.columns().size() == 0) {
      return;
    }
    for (String field : maker.key().fields()) {
      if (!field.equals("key") && !delivery.columns().contains(field)) {
        throw new UserException(
            "option 'key' names the field '%s', and %s only %s"
                .formatted(
                    field,
                    deletes ? "what is deleted is known by" : "the records have",
                    String.join(", ", delivery.columns().asList())));
      }
    }
    String value = maker.value();
    if (value != null && !deletes && !delivery.columns().contains(value)) {
      throw new UserException(
          "option 'value-field' names the field '%s', and the records have only %s"
              .formatted(value, String.join(", ", delivery.columns().asList())));
    }
  }

  private static String word(Type type) {
    return type.name().toLowerCase(Locale.ROOT);
  }

  Destination<Fields> open() {
    boolean scripts = maker.type() == Type.HASH && !maker.deletes();
    var lines =
        new Lines(address, connection, scripts ? Line.Loading.SCRIPT : Line.Loading.NOTHING);
    var inspection = new Inspection(address);
    var verdicts =
        new Verdicts(
            maker.deletes() || !maker.type().hasOwnKeys() ? Mode.UPSERT : maker.mode(),
            maker.type() == Type.STREAM && !maker.deletes());
    Traits traits = traits();
    try {
      look(lines);
      return maker.mode() == Mode.INSERT && maker.type().hasOwnKeys() && !maker.deletes()
          ? new RedisDestination.WithLookup(lines, inspection, traits, maker, verdicts)
          : new RedisDestination(lines, inspection, traits, maker, verdicts);
    } catch (RuntimeException e) {
      lines.close();
      throw e;
    }
  }

  private Traits traits() {
    boolean repeatable =
        maker.deletes() || (maker.type().hasOwnKeys() && maker.mode() != Mode.INSERT);
    long bytes = options.integer("max-bytes", 1_024, Integer.MAX_VALUE);
    Traits traits =
        Traits.of(repeatable ? Idempotence.IDEMPOTENT : Idempotence.NOT_IDEMPOTENT)
            .maxBytes(bytes, Math.max(bytes, MOST_RECORD_BYTES))
            .maxInFlight(connection.connections())
            .suggesting(SUGGESTED_ITEMS, SUGGESTED_IN_FLIGHT, 0);
    return repeatable ? traits.overtakingIsHarmful() : traits;
  }

  /// Looks whether the server lets us in and is none of a cluster's nodes, which changes nothing.
  private void look(Lines lines) {
    Line line;
    try {
      line = lines.take();
    } catch (JedisConnectionException e) {
      throw new UserException(
          "%s can not be reached: %s; check host and port".formatted(address, Failures.message(e)),
          e);
    } catch (JedisDataException e) {
      throw refused(e);
    }
    try {
      line.ask(Protocol.Command.PING);
      checkForCluster(line);
      lines.giveBack(line);
    } catch (JedisDataException e) {
      line.close();
      throw refused(e);
    } catch (JedisConnectionException e) {
      line.close();
      throw new UserException(
          "%s did not answer: %s%s"
              .formatted(
                  address,
                  Failures.message(e),
                  address.secure() ? "" : "; if it speaks TLS, write rediss:// in the address"),
          e);
    }
  }

  private void checkForCluster(Line line) {
    Object about;
    try {
      about = line.ask(Protocol.Command.INFO, "cluster");
    } catch (JedisDataException e) {
      return; // not everybody may ask; what it refuses it will say again
    }
    if (about instanceof byte[] text && new String(text, UTF_8).contains("cluster_enabled:1")) {
      throw new UserException(
          "%s is a node of a Redis Cluster, whose keys are spread over many: a cluster is written"
                  .formatted(address)
              + " through a proxy that knows it, or not at all");
    }
  }

  private UserException refused(JedisDataException failure) {
    String said = Verdicts.reason(failure.getMessage()).toString();
    String message = String.valueOf(failure.getMessage());
    if (message.startsWith("NOAUTH")) {
      return new UserException(
          address + " asks for a password: give --option password=env:NAME (" + said + ")",
          failure);
    }
    if (message.startsWith("WRONGPASS") || message.contains("AUTH")) {
      return new UserException(address + " does not accept user and password: " + said, failure);
    }
    if (message.contains("DB index")) {
      return new UserException(
          "there is no database %d at %s: %s".formatted(address.database(), address, said),
          failure);
    }
    return new UserException(address + " can not be used: " + said, failure);
  }
}
