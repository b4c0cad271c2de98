package dev.waybill.search;

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
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Inspectable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What a real node says, and what is made of it.
class RealIndexTest {

  private static final AtomicInteger INDEXES = new AtomicInteger();

  private final String index = "real-" + INDEXES.incrementAndGet();

  @BeforeEach
  void makeIndex() {
    OpenSearchNode.makeIndex(index);
  }

  @Test
  void documentAtFaultIsRejectedWithTheServersWordsAndItsCause() throws Exception {
    try (var contacts = open(Records.KEYED)) {
      List<Verdict> verdicts =
          verdicts(contacts, Records.contact(1, 30), Records.contact(2, "thirty"));

      assertThat(verdicts.getFirst()).isEqualTo(Verdict.Accepted.WITHOUT_ID);
      Verdict.Rejected rejected = (Verdict.Rejected) verdicts.getLast();
      assertThat(rejected.kind()).isEqualTo(Kind.PERMANENT);
      assertThat(rejected.reason().code()).isEqualTo("mapper_parsing_exception");
      assertThat(rejected.reason().message())
          .contains("failed to parse field [age] of type [integer]")
          .endsWith("For input string: \"thirty\"");
    }
  }

  @Test
  void insertedTwiceIsADuplicate() throws Exception {
    try (var contacts = open(Records.KEYED, "mode", "insert")) {
      verdicts(contacts, Records.contact(1, 30));

      Verdict again = verdicts(contacts, Records.contact(1, 31)).getFirst();

      assertThat(((Verdict.Rejected) again).kind()).isEqualTo(Kind.DUPLICATE);
      assertThat(age("c1")).isEqualTo(30L);
    }
  }

  @Test
  void withoutAKeyTheIndexGivesIdsAndTheyAreReported() throws Exception {
    try (var contacts = open(Records.WITHOUT_KEY)) {
      Item<Fields> contact = Records.contact(1, 30);

      Verdict verdict = verdicts(contacts, contact.as(null, contact.payload())).getFirst();

      String id = ((Verdict.Accepted) verdict).id();
      assertThat(id).isNotBlank();
      assertThat(OpenSearchNode.source(index, String.valueOf(id)))
          .hasToString(contact.payload().toString());
    }
  }

  @Test
  void recordsWithAKeyMayBeAppendedByIdsOfTheIndex() throws Exception {
    try (var contacts = open(Records.KEYED, "mode", "insert", "id", "auto")) {
      verdicts(contacts, Records.contact(1, 30), Records.contact(1, 31));

      assertThat(OpenSearchNode.count(index, "id", "c1")).isEqualTo(2);
    }
  }

  @Test
  void upsertReplacesTheDocumentAndMergeKeepsItsOtherFields() throws Exception {
    FieldNames two = FieldNames.of("id", "age");
    Item<Fields> change = Records.item(2, "c1", Fields.of(two, "c1", 31));
    try (var contacts = open(Records.KEYED, "write", "merge")) {
      verdicts(contacts, Records.contact(1, 30));
      verdicts(contacts, change);
      assertThat(OpenSearchNode.source(index, "c1"))
          .isEqualTo(Fields.of(Records.NAMES, "c1", "c1@example.com", 31L));
    }
    try (var contacts = open(Records.KEYED)) {
      verdicts(contacts, change);
      assertThat(OpenSearchNode.source(index, "c1")).isEqualTo(Fields.of(two, "c1", 31L));
    }
  }

  @Test
  void updateOfWhatIsNotThereIsRejected() throws Exception {
    try (var contacts = open(Records.KEYED, "mode", "update")) {
      Verdict.Rejected verdict =
          (Verdict.Rejected) verdicts(contacts, Records.contact(1, 30)).getFirst();

      assertThat(verdict.reason().toString())
          .isEqualTo("[c1]: document missing (document_missing_exception)");
    }
  }

  @Test
  void olderVersionDoesNotReplaceANewerAndTheSameMayBeRepeated() throws Exception {
    FieldNames names = FieldNames.of("id", "age", "revision");
    var delivery = new Delivery(names, List.of(), List.of("id"), null);
    try (var contacts = open(delivery, "version-field", "revision")) {
      Item<Fields> newer = Records.item(1, "c1", Fields.of(names, "c1", 31, "7"));
      Item<Fields> older = Records.item(2, "c1", Fields.of(names, "c1", 30, 6));
      Item<Fields> none = Records.item(3, "c2", Fields.of(names, "c2", 30, "x"));

      List<Verdict> verdicts = verdicts(contacts, newer, newer, older, none);

      assertThat(verdicts.subList(0, 2)).containsOnly(Verdict.Accepted.WITHOUT_ID);
      assertThat(verdicts.get(2).toString()).contains("version conflict", "PERMANENT");
      assertThat(verdicts.get(3).toString())
          .contains("its version must be a whole number from 0 on, and its revision is 'x'");
      assertThat(age("c1")).isEqualTo(31L);
    }
  }

  @Test
  void recordWithoutAKeyIsRejectedAndTheRestIsSent() throws Exception {
    try (var contacts = open(Records.KEYED)) {
      Item<Fields> nameless = Records.item(2, null, Records.contact(2, 1).payload());

      List<Verdict> verdicts = verdicts(contacts, nameless, Records.contact(1, 30));

      assertThat(verdicts.getFirst().toString())
          .contains("the record has no key, by which its document is known");
      assertThat(age("c1")).isEqualTo(30L);
    }
  }

  @Test
  void idAndIndexAreMadeOfFields() throws Exception {
    String address = OpenSearchNode.address(index + "-{country}");
    FieldNames names = FieldNames.of("country", "number");
    var delivery = new Delivery(names, List.of(), List.of(), null);
    try (var contacts =
        Records.open(address, delivery, "id", "{country}-{number}", "create-index", "true")) {
      List<Verdict> verdicts =
          verdicts(
              contacts,
              Records.item(1, null, Fields.of(names, "ch", 7)),
              Records.item(2, null, Fields.of(names, "A B", 8)),
              Records.item(3, null, Fields.of(names, null, 9)));

      assertThat(verdicts.get(0)).isEqualTo(Verdict.Accepted.WITHOUT_ID);
      assertThat(verdicts.get(1).toString()).contains("which no index's name may have");
      assertThat(verdicts.get(2).toString()).contains("no country, which its index is made of");
      assertThat(OpenSearchNode.source(index + "-ch", "ch-7")).isNotNull();
    }
  }

  @Test
  void routingChoosesTheShardAndDeletesFollowIt() throws Exception {
    OpenSearchNode.ask("PUT", "/routed-" + index, "{\"settings\":{\"number_of_shards\":3}}");
    String address = OpenSearchNode.address("routed-" + index);
    FieldNames names = FieldNames.of("id", "tenant");
    var delivery = new Delivery(names, List.of(), List.of("id", "tenant"), null);
    Item<Fields> item = Records.item(1, "1|t", Fields.of(names, "1", "t"));
    try (var contacts = Records.open(address, delivery, "routing-field", "tenant")) {
      verdicts(contacts, item);
      assertThat(OpenSearchNode.count("routed-" + index, "_routing", "t")).isOne();
    }
    try (var gone =
        new SearchProvider()
            .openDeleting(address, Records.options("routing-field", "tenant"), delivery)) {
      assertThat(verdicts(gone, item)).containsOnly(Verdict.Accepted.WITHOUT_ID);
      assertThat(OpenSearchNode.count("routed-" + index, null, "")).isZero();
    }
  }

  @Test
  void deletingWhatIsNotThereCountsAsDeleted() throws Exception {
    try (var contacts = open(Records.KEYED)) {
      verdicts(contacts, Records.contact(1, 30));
    }
    try (var gone =
        new SearchProvider()
            .openDeleting(OpenSearchNode.address(index), Records.options(), Records.KEYED)) {
      assertThat(verdicts(gone, Records.contact(1, null), Records.contact(2, null)))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
      assertThat(OpenSearchNode.count(index, null, "")).isZero();
    }
  }

  @Test
  void indexThatIsClosedToWritesIsAwayAndComesBack() throws Exception {
    try (var contacts = open(Records.KEYED)) {
      OpenSearchNode.ask("PUT", "/" + index + "/_settings", "{\"index.blocks.write\":true}");
      Reply blocked = contacts.send(Records.batch(List.of(Records.contact(1, 30))));
      OpenSearchNode.ask("PUT", "/" + index + "/_settings", "{\"index.blocks.write\":false}");

      assertThat(blocked).isInstanceOf(Reply.Unavailable.class);
      assertThat(blocked.toString()).contains("FORBIDDEN/8/index write");
      assertThat(verdicts(contacts, Records.contact(1, 30)))
          .containsOnly(Verdict.Accepted.WITHOUT_ID);
    }
  }

  @Test
  void missingPipelineIsEachRecordsReason() throws Exception {
    try (var contacts = open(Records.KEYED, "pipeline", "nowhere")) {
      assertThat(verdicts(contacts, Records.contact(1, 30)).getFirst().toString())
          .contains("pipeline with id [nowhere] does not exist");
    }
  }

  @Test
  void compressedRequestsAreUnderstood() throws Exception {
    try (var contacts = open(Records.KEYED, "compress", "true", "refresh", "wait-for")) {
      verdicts(contacts, Records.contact(1, 30));
      assertThat(age("c1")).isEqualTo(30L);
    }
  }

  @Test
  void missingIndexIsToldAtTheBeginning() {
    assertThatThrownBy(() -> Records.open(OpenSearchNode.address("nowhere"), Records.KEYED))
        .isInstanceOf(UserException.class)
        .hasMessageStartingWith("there is no index 'nowhere' at http://localhost:")
        .hasMessageEndingWith("--option create-index=true");
  }

  @Test
  void indexThatGoesDuringTheRunEndsIt() throws Exception {
    try (var contacts = open(Records.KEYED)) {
      OpenSearchNode.ask("DELETE", "/" + index, null);
      OpenSearchNode.ask(
          "PUT", "/_cluster/settings", "{\"persistent\":{\"action.auto_create_index\":\"false\"}}");
      try {
        assertThat(contacts.send(Records.batch(List.of(Records.contact(1, 30)))))
            .isInstanceOf(Reply.Fatal.class);
      } finally {
        OpenSearchNode.ask(
            "PUT", "/_cluster/settings", "{\"persistent\":{\"action.auto_create_index\":null}}");
      }
    }
  }

  @Test
  void callsAreShownWithTheirAnswers() throws Exception {
    var seen = new ArrayList<Inspectable.Exchange>();
    try (var contacts = open(Records.KEYED)) {
      ((Inspectable) contacts).inspect(seen::add);
      verdicts(contacts, Records.contact(1, 30));
    }
    assertThat(seen).hasSize(1);
    assertThat(seen.getFirst().request())
        .isEqualTo(
            """
            POST http://localhost:%d/%s/_bulk?filter_path=items.*.status,items.*.error
            Content-Type: application/x-ndjson

            {"index":{"_id":"c1"}}
            {"id":"c1","email":"c1@example.com","age":30}
            """
                .formatted(OpenSearchNode.port(), index));
    assertThat(seen.getFirst().answer())
        .isEqualTo("HTTP 200\n\n{\"items\":[{\"index\":{\"status\":201}}]}");
  }

  private Destination<Fields> open(Delivery delivery, String... options) {
    return Records.open(OpenSearchNode.address(index), delivery, options);
  }

  private @Nullable Object age(String id) {
    Fields source = OpenSearchNode.source(index, id);
    return source == null ? null : source.get("age");
  }

  @SafeVarargs
  @SuppressWarnings("varargs") // only listed
  private static List<Verdict> verdicts(Destination<Fields> to, Item<Fields>... items)
      throws InterruptedException {
    Reply reply = to.send(Records.batch(List.of(items)));
    assertThat(reply).isInstanceOf(Reply.Answered.class);
    return List.copyOf(((Reply.Answered) reply).verdicts());
  }
}
