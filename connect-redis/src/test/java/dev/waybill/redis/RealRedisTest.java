package dev.waybill.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.spi.Destination;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Protocol.Command;

/// What a real Redis replies, and what is made of it.
class RealRedisTest {

  @BeforeEach
  void empty() {
    RedisNode.empty();
  }

  @Test
  void hashIsMergedAndFieldsWithoutValueAreTakenAway() throws Exception {
    RedisNode.ask(Command.HSET, "contact:c1", "note", "kept", "age", "29");
    try (var contacts = open()) {
      Records.verdicts(contacts, List.of(Records.contact(1, null)));
    }
    assertThat(hash("contact:c1"))
        .containsExactly("note", "kept", "id", "c1", "email", "c1@example.com");
  }

  @Test
  void hashIsReplacedAndLivesAsLongAsWasAsked() throws Exception {
    RedisNode.ask(Command.HSET, "contact:c1", "note", "lost");
    try (var contacts = open("write", "replace", "ttl", "1h")) {
      Records.verdicts(contacts, List.of(Records.contact(1, 30)));
    }
    assertThat(hash("contact:c1"))
        .containsExactly("id", "c1", "email", "c1@example.com", "age", "30");
    assertThat((Long) RedisNode.ask(Command.PTTL, "contact:c1")).isBetween(3_000_000L, 3_600_000L);
  }

  @Test
  void keyOfAnotherKindIsLeftAsItIsAndTheRestIsWritten() throws Exception {
    for (String write : List.of("merge", "replace")) {
      RedisNode.ask(Command.SET, "contact:c1", "of another kind");
      try (var contacts = open("write", write, "ttl", "1h")) {
        List<Verdict> verdicts =
            Records.verdicts(contacts, List.of(Records.contact(1, 30), Records.contact(2, 31)));

        Verdict.Rejected rejected = (Verdict.Rejected) verdicts.getFirst();
        assertThat(rejected.kind()).isEqualTo(Kind.PERMANENT);
        assertThat(rejected.reason().code()).isEqualTo("WRONGTYPE");
        assertThat(rejected.reason().message())
            .isEqualTo("Operation against a key holding the wrong kind of value");
        assertThat(verdicts.getLast()).isEqualTo(Verdict.Accepted.WITHOUT_ID);
        assertThat(RedisNode.ask(Command.GET, "contact:c1")).isEqualTo("of another kind");
        assertThat(RedisNode.ask(Command.PTTL, "contact:c1")).isEqualTo(-1L);
      }
    }
  }

  @Test
  void insertLeavesWhatIsThereAndUpdateMakesNothing() throws Exception {
    for (String type : List.of("hash", "string")) {
      RedisNode.empty();
      try (var inserting = open("type", type, "mode", "insert");
          var updating = open("type", type, "mode", "update")) {
        List<Item<Fields>> one = List.of(Records.contact(1, 30));
        assertThat(Records.verdicts(updating, one).getFirst().toString())
            .contains("its key is not there", "PERMANENT");
        assertThat(Records.verdicts(inserting, one)).containsOnly(Verdict.Accepted.WITHOUT_ID);
        assertThat(((Verdict.Rejected) Records.verdicts(inserting, one).getFirst()).kind())
            .isEqualTo(Kind.DUPLICATE);
        assertThat(Records.verdicts(updating, one)).containsOnly(Verdict.Accepted.WITHOUT_ID);
      }
    }
  }

  @Test
  void stringIsTheRecordAsJsonOrOneOfItsFields() throws Exception {
    try (var json = open("type", "string", "ttl", "1h");
        var email = open("type", "string", "key", "email:{id}", "value-field", "email")) {
      Records.verdicts(json, List.of(Records.contact(1, 30)));
      Records.verdicts(email, List.of(Records.contact(1, 30)));
    }
    assertThat(RedisNode.ask(Command.GET, "contact:c1"))
        .isEqualTo("{\"id\":\"c1\",\"email\":\"c1@example.com\",\"age\":30}");
    assertThat((Long) RedisNode.ask(Command.PTTL, "contact:c1")).isPositive();
    assertThat(RedisNode.ask(Command.GET, "email:c1")).isEqualTo("c1@example.com");
  }

  @Test
  void streamKeepsTheOrderAndItsIdsAreReported() throws Exception {
    try (var stream = open("type", "stream", "max-length", "1000")) {
      List<Verdict> verdicts =
          Records.verdicts(stream, List.of(Records.contact(1, null), Records.contact(2, 31)));

      List<?> entries = (List<?>) RedisNode.ask(Command.XRANGE, "contact", "-", "+");
      String first = String.valueOf(((Verdict.Accepted) verdicts.getFirst()).id());
      String second = String.valueOf(((Verdict.Accepted) verdicts.getLast()).id());
      assertThat(entries)
          .hasToString(
              "[[%s, [id, c1, email, c1@example.com]], [%s, [id, c2, email, c2@example.com, age,"
                      .formatted(first, second)
                  + " 31]]]");
    }
  }

  @Test
  void hashOfManyFieldsIsWrittenInOneStep() throws Exception {
    List<String> names = IntStream.range(0, 9_000).mapToObj(i -> "f" + i).toList();
    Object[] values = IntStream.range(0, 9_000).mapToObj(i -> "v" + i).toArray();
    var wide = new Item<>(1, "wide", Fields.of(FieldNames.of(names), values), null);
    try (var contacts = open("ttl", "1h", "key", "{key}")) {
      assertThat(Records.verdicts(contacts, List.of(wide)))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
    }
    assertThat(RedisNode.ask(Command.HLEN, "wide")).isEqualTo(9_000L);
  }

  @Test
  void deletingTakesKeysAway() throws Exception {
    try (var contacts = open()) {
      Records.verdicts(contacts, List.of(Records.contact(1, 30), Records.contact(2, 31)));
    }
    try (var gone =
        new RedisProvider().openDeleting(RedisNode.address(), Records.options(), Records.KEYED)) {
      assertThat(
              Records.verdicts(gone, List.of(Records.contact(1, null), Records.contact(7, null))))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
    }
    assertThat(RedisNode.keys(0, "hash")).containsExactly("contact:c2");
  }

  @Test
  void serverWithoutMemoryIsAwayAndComesBack() throws Exception {
    try (var contacts = open();
        var scripted = open("ttl", "1h")) {
      RedisNode.ask(Command.CONFIG, "SET", "maxmemory", "1");
      Reply full = contacts.send(Records.batch(List.of(Records.contact(1, 30))));
      Reply alsoFull = scripted.send(Records.batch(List.of(Records.contact(1, 30))));
      RedisNode.ask(Command.CONFIG, "SET", "maxmemory", "0");

      assertThat(full).isInstanceOf(Reply.Unavailable.class);
      assertThat(full.toString()).contains("OOM", "command not allowed when used memory");
      assertThat(alsoFull).isInstanceOf(Reply.Unavailable.class);
      assertThat(RedisNode.keys(0, "hash")).isEmpty();
      assertThat(Records.verdicts(contacts, List.of(Records.contact(1, 30))))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
    }
  }

  @Test
  void replicaIsAwayUntilItIsMaster() throws Exception {
    for (String write : List.of("merge", "replace")) {
      try (var contacts = open("write", write)) {
        RedisNode.ask(Command.REPLICAOF, "127.0.0.1", "1");
        Reply reply = contacts.send(Records.batch(List.of(Records.contact(1, 30))));
        RedisNode.ask(Command.REPLICAOF, "NO", "ONE");

        assertThat(reply).isInstanceOf(Reply.Unavailable.class);
        assertThat(reply.toString()).contains("READONLY");
      }
    }
  }

  @Test
  void forgottenScriptIsLoadedAgainForTheNextCall() throws Exception {
    try (var contacts = open("ttl", "1h")) {
      RedisNode.ask(Command.SCRIPT, "FLUSH");

      assertThat(contacts.send(Records.batch(List.of(Records.contact(1, 30)))))
          .isInstanceOf(Reply.Unavailable.class);
      assertThat(Records.verdicts(contacts, List.of(Records.contact(1, 30))))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
    }
  }

  @Test
  void userWhoMayNotWriteEndsTheRun() throws Exception {
    try (var contacts = open("type", "string", "user", "reader", "password", RedisNode.SECRET)) {
      assertThat(contacts.send(Records.batch(List.of(Records.contact(1, 30)))))
          .isInstanceOf(Reply.Fatal.class);
    }
  }

  @Test
  void keyThatTheUserMayNotWriteIsRejectedAndTheRestIsWritten() throws Exception {
    try (var contacts = open("key", "{email}", "user", "narrow", "password", RedisNode.SECRET)) {
      var mine = new Item<>(1, null, Fields.of(Records.NAMES, "1", "mine:1", 1), null);
      var others = new Item<>(2, null, Fields.of(Records.NAMES, "2", "others:1", 1), null);

      List<Verdict> verdicts = Records.verdicts(contacts, List.of(mine, others));

      assertThat(verdicts.getFirst()).isEqualTo(Verdict.Accepted.WITHOUT_ID);
      assertThat(verdicts.getLast().toString()).contains("NOPERM", "keys used as arguments");
    }
  }

  @Test
  void recordWithoutWhatItsKeyIsMadeOfIsRejected() throws Exception {
    try (var contacts = open()) {
      var nameless = new Item<>(1, (String) null, Records.contact(1, 30).payload(), null);

      assertThat(Records.verdicts(contacts, List.of(nameless)).getFirst().toString())
          .contains("the record has no key, which its Redis key is made of");
    }
  }

  @Test
  void callsAreShownAsRedisCliWritesThem() throws Exception {
    var seen = new ArrayList<Inspectable.Exchange>();
    try (var contacts = open()) {
      ((Inspectable) contacts).inspect(seen::add);
      List<Item<Fields>> items = List.of(Records.contact(1, "a \"b\""));
      Records.verdicts(contacts, items);
      assertThat(seen.getFirst().request())
          .isEqualTo(
              RedisNode.address()
                  + "/0\n\nHSET contact:c1 id c1 email c1@example.com age \"a \\\"b\\\"\"\n")
          .isEqualTo(((Preview<Fields>) contacts).preview(Records.batch(items)));
    }
    assertThat(seen.getFirst().answer()).isEqualTo("(integer) 3\n");
  }

  @Test
  void wrongPasswordAndWrongDatabaseAreToldAtTheBeginning() {
    assertThatThrownBy(() -> open("user", "waybill", "password", "wrong"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("does not accept user and password");
    assertThatThrownBy(() -> Records.open(RedisNode.address() + "/99", Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there is no database 99");
  }

  private static Destination<Fields> open(String... options) {
    return Records.open(RedisNode.address(), Records.KEYED, options);
  }

  private static List<String> hash(String key) {
    return RedisNode.texts(0, Command.HGETALL, key);
  }
}
