package dev.waybill.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.aws.AwsConnection;
import dev.waybill.aws.DynamoDbDestination;
import dev.waybill.aws.KinesisDestination;
import dev.waybill.aws.SqsDestination;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.client.builder.SdkAsyncClientBuilder;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/// Who is measured, for each service: all with clients of the same settings and the same calls.
///
/// @param inFlight calls at a time
record AwsContenders(URI endpoint, int inFlight) {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", "secret"));

  /// For an emulator, which has no queue yet.
  List<Contender> newSqs() {
    try (SqsAsyncClient client = client(SqsAsyncClient.builder())) {
      client.createQueue(request -> request.queueName(FakeAwsProcess.NAME)).join();
    }
    return sqs();
  }

  /// The same for a stream. Kinesalite's CBOR breaks off after 16 KiB, so all speak JSON to it.
  List<Contender> newKinesis() {
    System.setProperty("aws.cborEnabled", "false");
    try (KinesisAsyncClient client = client(KinesisAsyncClient.builder())) {
      client.createStream(request -> request.streamName(FakeAwsProcess.NAME).shardCount(1)).join();
      client.waiter().waitUntilStreamExists(r -> r.streamName(FakeAwsProcess.NAME)).join();
      return kinesis();
    } finally {
      System.clearProperty("aws.cborEnabled");
    }
  }

  /// The same for a table.
  List<Contender> newDynamoDb() {
    try (DynamoDbAsyncClient client = client(DynamoDbAsyncClient.builder())) {
      client
          .createTable(
              request ->
                  request
                      .tableName(FakeAwsProcess.NAME)
                      .billingMode(BillingMode.PAY_PER_REQUEST)
                      .keySchema(
                          KeySchemaElement.builder()
                              .attributeName(FakeAwsProcess.KEY)
                              .keyType(KeyType.HASH)
                              .build())
                      .attributeDefinitions(
                          AttributeDefinition.builder()
                              .attributeName(FakeAwsProcess.KEY)
                              .attributeType(ScalarAttributeType.S)
                              .build()))
          .join();
      client.waiter().waitUntilTableExists(r -> r.tableName(FakeAwsProcess.NAME)).join();
    }
    return dynamoDb();
  }

  /// The [dev.waybill.run.Dispatcher] comes first, and by hand second.
  List<Contender> sqs() {
    String url = endpoint + "/000000000000/" + FakeAwsProcess.NAME;
    int batchItems = SqsDestination.LIMITS.maxItems();
    SqsAsyncClient client = client(SqsAsyncClient.builder());
    var destination =
        SqsDestination.<String>builder()
            .connection(connection())
            .queue(url)
            .body(text -> text)
            .open();
    return List.of(
        new ByDispatcher(destination, inFlight),
        new ByHand(client, batch -> sendMessages(client, url, batch), batchItems, inFlight),
        new ByBatchManager(client(SqsAsyncClient.builder()), url, (2 * inFlight + 2) * batchItems));
  }

  private static CompletableFuture<Boolean> sendMessages(
      SqsAsyncClient client, String url, List<String> batch) {
    var entries = new ArrayList<SendMessageBatchRequestEntry>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      entries.add(
          SendMessageBatchRequestEntry.builder()
              .id(Integer.toString(i))
              .messageBody(batch.get(i))
              .build());
    }
    return client
        .sendMessageBatch(request -> request.queueUrl(url).entries(entries))
        .thenApply(answer -> answer.failed().isEmpty());
  }

  /// The same for a stream.
  List<Contender> kinesis() {
    KinesisAsyncClient client = client(KinesisAsyncClient.builder());
    var destination =
        KinesisDestination.<String>builder().connection(connection()).stream(FakeAwsProcess.NAME)
            .data(text -> text.getBytes(UTF_8))
            .partitionKey(Payloads::key)
            .open();
    return List.of(
        new ByDispatcher(destination, inFlight),
        new ByHand(
            client,
            batch -> putRecords(client, batch),
            KinesisDestination.LIMITS.maxItems(),
            inFlight));
  }

  private static CompletableFuture<Boolean> putRecords(
      KinesisAsyncClient client, List<String> batch) {
    var records = new ArrayList<PutRecordsRequestEntry>(batch.size());
    for (String text : batch) {
      records.add(
          PutRecordsRequestEntry.builder()
              .partitionKey(Payloads.key(text))
              .data(SdkBytes.fromByteArrayUnsafe(text.getBytes(UTF_8)))
              .build());
    }
    return client
        .putRecords(request -> request.streamName(FakeAwsProcess.NAME).records(records))
        .thenApply(answer -> answer.failedRecordCount() == 0);
  }

  /// The same for a table.
  List<Contender> dynamoDb() {
    DynamoDbAsyncClient client = client(DynamoDbAsyncClient.builder());
    var destination =
        DynamoDbDestination.<String>builder()
            .connection(connection())
            .table(FakeAwsProcess.NAME)
            .item(AwsContenders::attributes)
            .open();
    return List.of(
        new ByDispatcher(destination, inFlight),
        new ByHand(
            client,
            batch -> putItems(client, batch),
            DynamoDbDestination.LIMITS.maxItems(),
            inFlight));
  }

  private static Map<String, AttributeValue> attributes(String text) {
    return Map.of(
        FakeAwsProcess.KEY,
        AttributeValue.fromS(Payloads.key(text)),
        "text",
        AttributeValue.fromS(text));
  }

  private static CompletableFuture<Boolean> putItems(
      DynamoDbAsyncClient client, List<String> batch) {
    var writes = new ArrayList<WriteRequest>(batch.size());
    for (String text : batch) {
      writes.add(WriteRequest.builder().putRequest(put -> put.item(attributes(text))).build());
    }
    return client
        .batchWriteItem(request -> request.requestItems(Map.of(FakeAwsProcess.NAME, writes)))
        .thenApply(answer -> answer.unprocessedItems().isEmpty());
  }

  private AwsConnection connection() {
    return AwsConnection.ordinary().region("us-east-1").endpoint(endpoint).credentials(CREDENTIALS);
  }

  /// As the destinations have it: HTTP/1.1, no retries.
  private <B extends AwsClientBuilder<B, C> & SdkAsyncClientBuilder<B, C>, C> C client(B builder) {
    return builder
        .region(Region.US_EAST_1)
        .endpointOverride(endpoint)
        .credentialsProvider(CREDENTIALS)
        .overrideConfiguration(
            override -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
        .httpClientBuilder(
            NettyNioAsyncHttpClient.builder()
                .protocol(Protocol.HTTP1_1)
                .maxConcurrency(inFlight)
                .connectionAcquisitionTimeout(Duration.ofSeconds(30)))
        .build();
  }
}
