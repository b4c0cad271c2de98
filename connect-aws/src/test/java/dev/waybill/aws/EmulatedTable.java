package dev.waybill.aws;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;

/// A table with the key `id` in an emulator.
record EmulatedTable(DynamoDbAsyncClient client, String name) implements EmulatedStore {

  private static final long PAUSE_NANOS = 5_000_000;

  EmulatedTable(AwsConnection connection, String name) {
    this(connection.client(DynamoDbAsyncClient.builder()), name);
    client
        .createTable(
            request ->
                request
                    .tableName(name)
                    .billingMode(BillingMode.PAY_PER_REQUEST)
                    .keySchema(
                        KeySchemaElement.builder()
                            .attributeName("id")
                            .keyType(KeyType.HASH)
                            .build())
                    .attributeDefinitions(
                        AttributeDefinition.builder()
                            .attributeName("id")
                            .attributeType(ScalarAttributeType.S)
                            .build()))
        .join();
    while (status() != TableStatus.ACTIVE) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private TableStatus status() {
    return client.describeTable(request -> request.tableName(name)).join().table().tableStatus();
  }

  @Override
  public List<String> texts() {
    return values("id").map(AttributeValue::s).toList();
  }

  /// The attribute `n` of all items that there are.
  List<String> numbers() {
    return values("n").map(AttributeValue::n).toList();
  }

  private Stream<AttributeValue> values(String attribute) {
    return client
        .scan(request -> request.tableName(name).consistentRead(true))
        .join()
        .items()
        .stream()
        .map(item -> requireNonNull(item.get(attribute)));
  }

  @Override
  public void close() {
    AwsConnection.close(client);
  }
}
