package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.json.Json;
import dev.waybill.spi.Template;
import dev.waybill.spi.Template.Filled;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/// Makes of a record the one command that writes it.
///
/// @param key the Redis key
/// @param timeToLive in milliseconds; 0 for ever
/// @param value the field that is a string's or an element's content; null for the whole record as
///   JSON
/// @param maxLength entries that a stream keeps, about; 0 for all
/// @param deletes whether records are taken away
record CommandMaker(
    Type type,
    Mode mode,
    Write write,
    Template key,
    long timeToLive,
    @Nullable String value,
    long maxLength,
    boolean deletes) {

  private static final byte[] ONE = bytes("1");

  /// What came along with the item, or is made now.
  Command of(Item<Fields> item) {
    if (item.prepared() instanceof Command command && command.by().equals(this)) {
      return command;
    }
    try {
      String name =
          switch (key.fill(item)) {
            case Filled.Text(String text) -> text;
            case Filled.Unfit(String complaint) ->
                throw new UnfitException(complaint + ", which its Redis key is made of");
          };
      return make(name, item.payload());
    } catch (UnfitException | IllegalArgumentException e) {
      return new Command.Unfit(
          this, new Verdict.Rejected(Reason.of(Text.oneLine(e.getMessage())), Kind.PERMANENT));
    }
  }

  private Command make(String name, Fields fields) {
    if (deletes) {
      return ready(name, Protocol.Command.UNLINK, List.of(bytes(name)));
    }
    return switch (type) {
      case HASH -> hash(name, fields);
      case STRING -> string(name, fields);
      case LIST -> ready(name, Protocol.Command.RPUSH, List.of(bytes(name), content(fields)));
      case STREAM -> stream(name, fields);
    };
  }

  private Command hash(String name, Fields fields) {
    var present = new ArrayList<byte[]>(2 * fields.size());
    var absent = new ArrayList<byte[]>();
    split(fields, present, absent);
    if (present.isEmpty() && (absent.isEmpty() || mode != Mode.UPSERT)) {
      throw new UnfitException("the record has no value, and a hash has at least one");
    }
    if (mode == Mode.UPSERT && write == Write.MERGE && timeToLive == 0 && absent.isEmpty()) {
      present.addFirst(bytes(name));
      return ready(name, Protocol.Command.HSET, present);
    }
    var arguments = new ArrayList<byte[]>(present.size() + absent.size() + 7);
    arguments.add(Script.NAME);
    arguments.add(ONE);
    arguments.add(bytes(name));
    arguments.add(bytes(mode.name().toLowerCase(Locale.ROOT)));
    arguments.add(bytes(write.name().toLowerCase(Locale.ROOT)));
    arguments.add(bytes(String.valueOf(timeToLive)));
    arguments.add(bytes(String.valueOf(present.size())));
    arguments.addAll(present);
    arguments.addAll(absent);
    return ready(name, Protocol.Command.EVALSHA, arguments);
  }

  private Command string(String name, Fields fields) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(name));
    arguments.add(content(fields));
    if (timeToLive > 0) {
      arguments.add(bytes("PX"));
      arguments.add(bytes(String.valueOf(timeToLive)));
    }
    switch (mode) {
      case INSERT -> arguments.add(bytes("NX"));
      case UPDATE -> arguments.add(bytes("XX"));
      case UPSERT -> {}
    }
    return ready(name, Protocol.Command.SET, arguments);
  }

  private Command stream(String name, Fields fields) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(name));
    if (maxLength > 0) {
      arguments.add(bytes("MAXLEN"));
      arguments.add(bytes("~"));
      arguments.add(bytes(String.valueOf(maxLength)));
    }
    arguments.add(bytes("*"));
    int before = arguments.size();
    split(fields, arguments, new ArrayList<>());
    if (arguments.size() == before) {
      throw new UnfitException("the record has no value, and an entry has at least one");
    }
    return ready(name, Protocol.Command.XADD, arguments);
  }

  /// Names and values in turn of the fields that have a value; the names of those that have none.
  private static void split(Fields fields, List<byte[]> present, List<byte[]> absent) {
    for (int i = 0; i < fields.size(); i++) {
      byte[] name = bytes(fields.names().name(i));
      Object content = fields.value(i);
      if (content == null) {
        absent.add(name);
      } else {
        present.add(name);
        present.add(bytes(content));
      }
    }
  }

  private byte[] content(Fields fields) {
    if (value == null) {
      return Json.bytes(fields);
    }
    Object content = fields.get(value);
    if (content == null) {
      throw new UnfitException("the record has no " + value + ", which is to be written");
    }
    return bytes(content);
  }

  private Command ready(String name, Protocol.Command word, List<byte[]> arguments) {
    return new Command.Ready(this, name, word, arguments);
  }

  /// A text as it is, anything else as JSON.
  private static byte[] bytes(Object content) {
    return content instanceof String text ? text.getBytes(UTF_8) : Json.bytes(content);
  }
}
