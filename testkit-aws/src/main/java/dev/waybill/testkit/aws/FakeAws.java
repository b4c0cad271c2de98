package dev.waybill.testkit.aws;

import java.net.URI;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Kinesis, Firehose, SQS, SNS, DynamoDB, CloudWatch, CloudWatch Logs, EventBridge and Lambda in
/// this JVM, behind one HTTP port on loopback, as far as something is written to them. Speaks to
/// the real SDK with its endpoint overridden, checks the limits of the services, shows faults as
/// scripted, and knows what was stored. Signatures are not checked. Safe for use by many threads.
///
/// ```java
/// try (var aws = FakeAws.start()) {
///   aws.kinesis().createStream("orders");
///   aws.kinesis().faults().next(AwsFault.throttled());
///   // … a client with endpointOverride(aws.endpoint()) …
///   assertThat(aws.kinesis().timesStored()).containsOnly(entry("one", 1), entry("two", 1));
/// }
/// ```
public final class FakeAws implements AutoCloseable {

  private final FakeKinesis kinesis;
  private final FakeFirehose firehose;
  private final FakeSqs sqs;
  private final FakeSns sns;
  private final FakeDynamoDb dynamoDb;
  private final FakeCloudWatch cloudWatch;
  private final FakeLogs logs;
  private final FakeEventBridge eventBridge;
  private final FakeLambda lambda;
  private final FrontDoor door;
  private final Loopback server;

  private FakeAws(Settings settings) {
    kinesis = new FakeKinesis(settings);
    firehose = new FakeFirehose(settings);
    sqs = new FakeSqs(settings);
    sns = new FakeSns(settings);
    dynamoDb = new FakeDynamoDb(settings);
    cloudWatch = new FakeCloudWatch(settings);
    logs = new FakeLogs(settings);
    eventBridge = new FakeEventBridge(settings);
    lambda = new FakeLambda(settings);
    Map<Service, FrontDoor.Room> rooms = new EnumMap<>(Service.class);
    for (FakeService fake :
        List.of(kinesis, firehose, sqs, sns, dynamoDb, cloudWatch, logs, eventBridge, lambda)) {
      rooms.put(
          fake.service(),
          new FrontDoor.Room(
              fake.backend(), BatchShapes.of(fake.service()), fake.faults(), fake.log()));
    }
    door = new FrontDoor(rooms);
    server = Loopback.start(door);
  }

  /// Starts one on a port that is free, with the time of the system.
  public static FakeAws start() {
    return start(InstantSource.system());
  }

  /// Starts one whose services take the time from here: deduplication windows, ages of log events.
  public static FakeAws start(InstantSource clock) {
    return new FakeAws(new Settings(Keeping.ITEMS, clock));
  }

  /// Starts one that keeps counts only, for benchmarks of many millions of items.
  public static FakeAws instant() {
    return new FakeAws(new Settings(Keeping.COUNTS, InstantSource.system()));
  }

  /// Where the SDK's clients go: `endpointOverride(aws.endpoint())`.
  public URI endpoint() {
    return server.uri();
  }

  /// From now on all calls of all services are refused because of their credentials.
  public void refuseCredentials() {
    door.close(
        Refusal.of(
            403,
            "UnrecognizedClientException",
            "The security token included in the request is invalid."));
  }

  /// From now on the credentials are good again.
  public void acceptCredentials() {
    door.close(null);
  }

  public FakeKinesis kinesis() {
    return kinesis;
  }

  public FakeFirehose firehose() {
    return firehose;
  }

  public FakeSqs sqs() {
    return sqs;
  }

  public FakeSns sns() {
    return sns;
  }

  public FakeDynamoDb dynamoDb() {
    return dynamoDb;
  }

  public FakeCloudWatch cloudWatch() {
    return cloudWatch;
  }

  public FakeLogs logs() {
    return logs;
  }

  public FakeEventBridge eventBridge() {
    return eventBridge;
  }

  public FakeLambda lambda() {
    return lambda;
  }

  @Override
  public void close() {
    server.close();
  }
}
