package dev.waybill.redis;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.FaultProxy;
import dev.waybill.testkit.FaultProxy.Fault;
import dev.waybill.testkit.FaultScript;
import dev.waybill.testkit.Subject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import redis.clients.jedis.Protocol;

/// The real Redis, emptied, behind a line that can be cut.
final class DatabaseSubject implements Subject<Fields> {

  private final FaultProxy line =
      FaultProxy.before(RedisNode.port(), FaultScript.always(Fault.PASS));
  private final Type type;
  private final String[] options;
  private List<String> ids = List.of();
  private long callsThen = -1;

  DatabaseSubject(Type type, String... options) {
    RedisNode.empty();
    this.type = type;
    this.options = options;
  }

  @Override
  public Destination<Fields> open() {
    var all = new ArrayList<>(List.of(options));
    Collections.addAll(
        all,
        "type",
        type.name().toLowerCase(Locale.ROOT),
        "user",
        "waybill",
        "password",
        RedisNode.SECRET);
    return Records.open(
        "redis://127.0.0.1:" + line.port() + "/3", Records.KEYED, all.toArray(String[]::new));
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return Records.contact(ordinal, 30 + ordinal % 50);
  }

  /// For a list, nothing is amiss that is in the record; a hash can meet a key of another kind.
  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    if (type != Type.HASH) {
      return Optional.empty();
    }
    Item<Fields> contact = Records.contact(ordinal, 30);
    RedisNode.in(3, Protocol.Command.SET, "contact:" + contact.key(), "of another kind");
    return Optional.of(contact);
  }

  @Override
  public int timesApplied(Item<Fields> item) {
    return Collections.frequency(ids(), item.payload().text("id"));
  }

  @Override
  public long applied() {
    return ids().size();
  }

  /// Looked up anew only if calls were made since the last time.
  private List<String> ids() {
    long calls = line.count(Fault.PASS);
    if (calls != callsThen) {
      ids = lookUp();
      callsThen = calls;
    }
    return ids;
  }

  private List<String> lookUp() {
    return switch (type) {
      case HASH, STRING ->
          RedisNode.keys(3, type.name().toLowerCase(Locale.ROOT)).stream()
              .map(key -> key.substring("contact:".length()))
              .toList();
      case LIST, STREAM ->
          RedisNode.texts(3, Protocol.Command.LRANGE, "contact", "0", "-1").stream()
              .map(json -> json.replaceAll(".*\"id\":\"([^\"]*)\".*", "$1"))
              .toList();
    };
  }

  @Override
  public FarSide breakDown() {
    line.refuse();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    line.accept();
  }

  @Override
  public List<String> secrets() {
    return List.of(RedisNode.SECRET);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(line.count(Fault.PASS));
  }

  @Override
  public void close() {
    line.close();
  }
}
