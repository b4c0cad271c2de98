package dev.waybill.testkit.aws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/// What the real SDK sees of DynamoDB, and what is really in the table.
abstract class DynamoDbWireContract {

  private static int tables;

  private WireSubject subject;
  private DynamoDbClient dynamo;
  private String table;

  abstract WireSubject start();

  abstract void stop();

  @BeforeEach
  void createTable() {
    subject = start();
    dynamo = Clients.client(DynamoDbClient.builder(), subject.endpoint());
    table = "table-" + ++tables;
    dynamo.createTable(
        r ->
            r.tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .keySchema(element("id", KeyType.HASH), element("n", KeyType.RANGE))
                .attributeDefinitions(
                    attribute("id", ScalarAttributeType.S), attribute("n", ScalarAttributeType.N)));
    Await.until(() -> description().tableStatus() == TableStatus.ACTIVE);
  }

  @AfterEach
  void end() {
    dynamo.close();
    stop();
  }

  private static KeySchemaElement element(String name, KeyType type) {
    return KeySchemaElement.builder().attributeName(name).keyType(type).build();
  }

  private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
    return AttributeDefinition.builder().attributeName(name).attributeType(type).build();
  }

  private TableDescription description() {
    return dynamo.describeTable(r -> r.tableName(table)).table();
  }

  private static Map<String, AttributeValue> key(String id, String n) {
    return Map.of("id", AttributeValue.fromS(id), "n", AttributeValue.fromN(n));
  }

  private static WriteRequest put(String id) {
    return put(id, "1", "v");
  }

  private static WriteRequest put(String id, String n, String value) {
    return WriteRequest.builder()
        .putRequest(
            p ->
                p.item(
                    Map.of(
                        "id", AttributeValue.fromS(id),
                        "n", AttributeValue.fromN(n),
                        "v", AttributeValue.fromS(value))))
        .build();
  }

  private static WriteRequest delete(String id) {
    return WriteRequest.builder().deleteRequest(d -> d.key(key(id, "1"))).build();
  }

  private BatchWriteItemResponse write(WriteRequest... requests) {
    return write(List.of(requests));
  }

  private BatchWriteItemResponse write(List<WriteRequest> requests) {
    return dynamo.batchWriteItem(r -> r.requestItems(Map.of(table, requests)));
  }

  private AwsServiceException refused(WriteRequest... requests) {
    return catchThrowableOfType(AwsServiceException.class, () -> write(requests));
  }

  private void assertRefused(WriteRequest... requests) {
    assertThat(refused(requests).awsErrorDetails().errorCode()).isEqualTo("ValidationException");
    assertThat(stored()).isEmpty();
  }

  private static String text(Map<String, AttributeValue> item, String name) {
    return requireNonNull(item.get(name)).s();
  }

  private List<String> stored() {
    return dynamo.scan(r -> r.tableName(table).consistentRead(true)).items().stream()
        .map(item -> text(item, "id"))
        .sorted()
        .toList();
  }

  @Test
  void itemsAreWrittenAndDeleted() {
    write(put("a"), put("b"), put("c"));
    BatchWriteItemResponse answer = write(put("d"), delete("a"));

    assertThat(answer.unprocessedItems()).isEmpty();
    assertThat(stored()).containsExactly("b", "c", "d");
  }

  @Test
  void laterPutOverwrites() {
    write(put("a", "1", "old"));
    write(put("a", "1.0", "new"));

    var item = dynamo.getItem(r -> r.tableName(table).key(key("a", "1"))).item();

    assertThat(text(item, "v")).isEqualTo("new");
  }

  @Test
  void itemsOfAPartitionAreFound() {
    write(put("a", "1", "x"), put("a", "2", "y"), put("b", "1", "z"));

    assertThat(
            dynamo
                .query(
                    r ->
                        r.tableName(table)
                            .keyConditionExpression("id = :id")
                            .expressionAttributeValues(Map.of(":id", AttributeValue.fromS("a"))))
                .items())
        .hasSize(2);
  }

  @Test
  void singleItemIsPutAndDeleted() {
    dynamo.putItem(r -> r.tableName(table).item(put("a").putRequest().item()));
    dynamo.putItem(r -> r.tableName(table).item(put("b").putRequest().item()));
    dynamo.deleteItem(r -> r.tableName(table).key(key("a", "1")));

    assertThat(stored()).containsExactly("b");
  }

  @Test
  void tableTellsItsKey() {
    assertThat(description().keySchema())
        .extracting(element -> element.attributeName() + " " + element.keyType())
        .containsExactly("id HASH", "n RANGE");
  }

  @Test
  void moreThanTwentyFiveRequestsAreRefusedAsAWhole() {
    assertRefused(IntStream.range(0, 26).mapToObj(i -> put("k" + i)).toArray(WriteRequest[]::new));
  }

  @Test
  void keyThatComesTwiceRefusesTheWholeCall() {
    assertRefused(put("a"), put("b"), put("a", "1.0", "again"));
  }

  @Test
  void itemOfMoreThan400KibibytesRefusesTheWholeCall() {
    assertRefused(put("a"), put("b", "1", "x".repeat(409_600)));
  }

  @Test
  void itemOfExactly400KibibytesIsTaken() {
    // id + b, n + a number of one digit, v + value
    int rest = 2 + 1 + 1 + 2 + 1;
    write(put("b", "1", "x".repeat(409_600 - rest)));

    assertThat(stored()).containsExactly("b");
  }

  @Test
  void keyThatIsMissingOrEmptyRefusesTheWholeCall() {
    assertRefused(
        put("a"),
        WriteRequest.builder()
            .putRequest(p -> p.item(Map.of("id", AttributeValue.fromS("b"))))
            .build());
    assertRefused(put("a"), put(""));
  }

  @Test
  void keyOfAnotherTypeRefusesTheWholeCall() {
    assertRefused(
        put("a"),
        WriteRequest.builder()
            .putRequest(
                p ->
                    p.item(Map.of("id", AttributeValue.fromN("1"), "n", AttributeValue.fromN("1"))))
            .build());
  }

  @Test
  void tableThatIsNotThereIsSaidSo() {
    assertThat(
            catchThrowableOfType(
                ResourceNotFoundException.class,
                () ->
                    dynamo.batchWriteItem(
                        r -> r.requestItems(Map.of("nowhere", List.of(put("a")))))))
        .isNotNull();
  }

  @Test
  void throttledCallWritesNothing() {
    subject
        .faults()
        .next(
            AwsFault.throttled(),
            AwsFault.refused(400, "ProvisionedThroughputExceededException", "slow down"));

    AwsServiceException first = refused(put("a"));
    AwsServiceException second = refused(put("a"));

    assertThat(first.isThrottlingException()).isTrue();
    assertThat(first.awsErrorDetails().errorCode()).isEqualTo("ThrottlingException");
    assertThat(second.isThrottlingException()).isTrue();
    assertThat(stored()).isEmpty();
  }

  @Test
  void unprocessedRequestsComeBackAndAreNotWritten() {
    write(put("gone"));
    subject.faults().next(AwsFault.itemsFailed(Selection.at(1, 3), "unprocessed"));

    BatchWriteItemResponse answer = write(put("a"), put("b"), put("c"), delete("gone"));

    assertThat(answer.unprocessedItems()).containsOnlyKeys(table);
    assertThat(answer.unprocessedItems().get(table))
        .containsExactlyInAnyOrder(put("b"), delete("gone"));
    assertThat(stored()).containsExactly("a", "c", "gone");
  }

  @Test
  void everyRequestMayBeUnprocessed() {
    subject.faults().next(AwsFault.itemsFailed(Selection.all(), "unprocessed"));

    assertThat(write(put("a"), put("b")).unprocessedItems().get(table)).hasSize(2);
    assertThat(stored()).isEmpty();
  }

  @Test
  void connectionCutBeforeWritesNothingAndAfterWritesAll() {
    subject.faults().next(AwsFault.cut(Effect.NOT_APPLIED), AwsFault.cut(Effect.APPLIED));

    for (String id : List.of("before", "after")) {
      assertThat(catchThrowableOfType(SdkClientException.class, () -> write(put(id)))).isNotNull();
    }
    assertThat(stored()).containsExactly("after");
  }

  @Test
  void internalErrorAndDeniedCredentialsAreToldInTheWordsOfTheService() {
    subject.faults().next(AwsFault.failed(Effect.NOT_APPLIED), AwsFault.denied());

    AwsServiceException failed = refused(put("a"));
    AwsServiceException denied = refused(put("a"));

    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(failed.awsErrorDetails().errorCode()).isEqualTo("InternalServerError");
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
    assertThat(stored()).isEmpty();
  }

  @Test
  void steadyThrottlingOfHalfTheItemsLetsTheOthersThrough() {
    subject.faults().always(AwsFault.itemsFailed(Selection.share(0.5, 7), "unprocessed"));

    var open =
        new ArrayList<WriteRequest>(IntStream.range(0, 25).mapToObj(i -> put("k" + i)).toList());
    int calls = 0;
    while (!open.isEmpty() && calls++ < 50) {
      var left = write(open).unprocessedItems().get(table);
      open = left == null ? new ArrayList<>() : new ArrayList<>(left);
    }

    assertThat(calls).isBetween(3, 20);
    assertThat(stored()).hasSize(25);
  }
}
