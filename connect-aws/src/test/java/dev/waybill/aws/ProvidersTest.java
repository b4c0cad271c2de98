package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Preview;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.FakeSns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The destinations of the command line: addresses, options, and records as they arrive.
class ProvidersTest {

  private static final FieldNames COLUMNS = FieldNames.of("id", "name", "amount", "at");

  private static final List<Fields> RECORDS =
      List.of(
          Fields.of(COLUMNS, "1", "Ann", "12.50", "2026-11-21T08:00:00Z"),
          Fields.of(COLUMNS, "2", "Bo", "7", "2026-11-21T07:00:00+00:00"));

  private static final String FIRST =
      "{\"id\":\"1\",\"name\":\"Ann\",\"amount\":\"12.50\",\"at\":\"2026-11-21T08:00:00Z\"}";

  private final FakeAws aws = FakeAws.start(() -> java.time.Instant.parse("2026-11-21T09:00:00Z"));

  @BeforeAll
  static void haveCredentials() {
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", Fakes.SECRET);
  }

  @AfterAll
  static void haveNone() {
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  @BeforeEach
  void prepare() {
    Fakes.prepare(aws);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  private Destination<Fields> open(String address, Map<String, String> given) {
    String scheme = address.substring(0, address.indexOf(':'));
    DestinationProvider provider =
        ServiceLoader.load(DestinationProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(one -> one.schemes().contains(scheme))
            .findFirst()
            .orElseThrow();
    var all = new HashMap<>(given);
    all.putIfAbsent("endpoint", aws.endpoint().toString());
    return provider.open(
        address,
        Options.of(scheme, provider.options(), all),
        new Delivery(COLUMNS, RECORDS, List.of("id")));
  }

  private List<String> send(String address, Map<String, String> options) throws Exception {
    try (var destination = open(address, options)) {
      return Batches.verdicts(destination.send(batch(RECORDS)));
    }
  }

  private static Batch<Fields> batch(List<Fields> records) {
    var items = new ArrayList<Item<Fields>>();
    for (Fields record : records) {
      items.add(new Item<>(items.size() + 1L, record.text("id"), record, null));
    }
    return new Batch<>(1, items, 1, "run");
  }

  @Test
  void streamGetsRecordsAsJsonUnderTheirKey() throws Exception {
    send("kinesis:orders", Map.of());

    assertThat(aws.kinesis().textsOf("1")).containsExactly(FIRST);
  }

  @Test
  void streamGetsOneFieldUnderAnother() throws Exception {
    send("kinesis:orders", Map.of("data-field", "amount", "partition-key-field", "name"));

    assertThat(aws.kinesis().textsOf("Ann")).containsExactly("12.50");
  }

  @Test
  void firehoseGetsLines() throws Exception {
    send("firehose:orders", Map.of());

    assertThat(aws.firehose().texts()).first().isEqualTo(FIRST + "\n");
  }

  @Test
  void queueGetsMessagesWithAttributes() throws Exception {
    send("sqs:orders", Map.of("body-field", "name", "attributes", "id,amount"));

    assertThat(aws.sqs().texts()).containsExactly("Ann", "Bo");
  }

  @Test
  void fifoQueueGetsItsGroupFromTheKeyOrAField() throws Exception {
    send("sqs:orders.fifo", Map.of());
    send("sqs:orders.fifo", Map.of("group-id-field", "name", "deduplication-id-field", "at"));

    assertThat(aws.sqs().textsOf("1")).hasSize(1);
    assertThat(aws.sqs().textsOf("Ann")).hasSize(1);
  }

  @Test
  void topicGetsMessages() throws Exception {
    send("sns:" + FakeSns.topicArn("orders"), Map.of("subject-field", "name"));

    assertThat(aws.sns().texts()).first().isEqualTo(FIRST);
  }

  @Test
  void tableGetsItems() throws Exception {
    assertThat(send("dynamodb:orders", Map.of())).containsExactly("accepted", "accepted");

    assertThat(aws.dynamoDb().items("orders"))
        .hasSize(2)
        .anySatisfy(item -> assertThat(item).contains("\"name\":{\"S\":\"Ann\"}"));
  }

  @Test
  void tableLosesItemsByTheirKey() throws Exception {
    send("dynamodb:orders", Map.of());
    send("dynamodb:orders", Map.of("operation", "delete"));

    assertThat(aws.dynamoDb().items("orders")).isEmpty();
  }

  @Test
  void fieldSaysWhetherARecordIsPutOrDeleted() throws Exception {
    send("dynamodb:orders", Map.of());
    FieldNames names = FieldNames.of("id", "name", "at");
    try (var destination = open("dynamodb:orders", Map.of("operation-field", "at"))) {
      Reply reply =
          destination.send(
              batch(
                  List.of(
                      Fields.of(names, "1", "Ann", "delete"),
                      Fields.of(names, "3", "Cy", null),
                      Fields.of(names, "4", "Di", "upsert"))));
      assertThat(Batches.verdicts(reply)).containsExactly("accepted", "accepted", "rejected");
      assertThat(Batches.reason(reply, 2)).contains("'at' says neither put nor delete: 'upsert'");
    }

    assertThat(aws.dynamoDb().items("orders"))
        .hasSize(2)
        .noneSatisfy(item -> assertThat(item).contains("\"S\":\"1\""))
        .anySatisfy(item -> assertThat(item).doesNotContain("\"at\"").contains("\"S\":\"3\""));
  }

  @Test
  void metricsComeFromFields() throws Exception {
    send(
        "cloudwatch:Shop",
        Map.of(
            "name-field", "name",
            "value-field", "amount",
            "dimensions", "id",
            "timestamp-field", "at"));

    assertThat(aws.cloudWatch().textsOf("Ann"))
        .singleElement()
        .asString()
        .contains("12.5")
        .contains("\"id\"");
  }

  @Test
  void logsGetEventsAtTheirTime() throws Exception {
    send("logs:orders/all", Map.of("message-field", "name", "timestamp-field", "at"));

    assertThat(aws.logs().texts()).containsExactly("Bo", "Ann");
  }

  @Test
  void busGetsEvents() throws Exception {
    send("eventbridge:default", Map.of("source", "shop", "detail-type-field", "name"));

    assertThat(aws.eventBridge().texts()).first().isEqualTo(FIRST);
    assertThat(aws.eventBridge().stored().getFirst().attributes())
        .containsEntry("Source", "shop")
        .containsEntry("DetailType", "Ann");
  }

  @Test
  void functionGetsAnArray() throws Exception {
    aws.lambda()
        .createFunction("orders", batch -> "{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}");

    assertThat(send("lambda:orders", Map.of("item-id-field", "id")))
        .containsExactly("accepted", "deferred");
    assertThat(aws.lambda().texts().getFirst()).startsWith("[" + FIRST);
  }

  @Test
  void limitsAndDoubtAreOptions() {
    try (var destination =
        open("firehose:orders", Map.of("max-items", "20", "when-in-doubt", "repeat"))) {
      assertThat(destination.traits().maxItems()).isEqualTo(20);
      assertThat(destination.traits().idempotence())
          .isEqualTo(dev.waybill.spi.Traits.Idempotence.IDEMPOTENT);
    }
  }

  @Test
  void previewIsTheRequestWithTheServicesNames() {
    try (var destination = open("kinesis:orders", Map.of("data-field", "name"))) {
      String preview = ((Preview<Fields>) destination).preview(batch(RECORDS));

      assertThat(preview)
          .startsWith("PutRecords\n{\"Records\":[{\"Data\":\"Ann\"")
          .contains("\"PartitionKey\":\"1\"")
          .contains("\"StreamName\":\"orders\"");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "kinesis:        | data-field | name  | names nothing: write kinesis:STREAM",
        "logs:orders     | message-field | name | names no log stream: write logs:GROUP/STREAM",
        "sns:orders      | message-field | name | 'orders' is not a topic's ARN",
        "kinesis:orders  | data-field | nome  | names the field 'nome', and the records have only id, name, amount, at",
        "cloudwatch:Shop | name-field | metric | names the field 'metric'",
        "kinesis:orders  | endpoint   | localhost | takes an address such as http://localhost:4566",
        "kinesis:orders  | max-items  | 0     | takes a whole number from 1",
        "lambda:orders   | invocation | later | takes one of sync, async",
      })
  void mistakesAreToldInASentence(String address, String option, String value, String sentence) {
    assertThatThrownBy(() -> open(address, Map.of(option, value)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining(sentence);
  }
}
