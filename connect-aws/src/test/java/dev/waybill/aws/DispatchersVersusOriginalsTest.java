package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Disposition;
import dev.waybill.delivery.Backoff;
import dev.waybill.delivery.Policy;
import dev.waybill.run.Dispatcher;
import dev.waybill.run.Undelivered;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.SeenCall;
import dev.waybill.testkit.aws.Selection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// What docs/dispatchers-vs-originals.md claims, case by case.
@Timeout(60) // a dispatcher that never ends is what some of these look for
class DispatchersVersusOriginalsTest {

  private static final String THROTTLED = "ProvisionedThroughputExceededException";

  private final FakeAws aws = FakeAws.start();

  @BeforeEach
  void prepare() {
    Fakes.prepare(aws);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  // ---- dispatchers

  /// With short waits, so that tests are quick.
  private static Policy.Builder quick(Policy.Builder policy) {
    return policy.backoff(new Backoff(Duration.ofMillis(1), Duration.ofMillis(5)));
  }

  private static <T> Dispatcher<T> dispatcher(Destination<T> destination) {
    return Dispatcher.to(destination).policy(DispatchersVersusOriginalsTest::quick).open();
  }

  private Destination<Order> stream() {
    return KinesisDestination.<Order>builder().connection(Fakes.connection(aws)).stream("orders")
        .partitionKey(Order::customer)
        .data(Order::json)
        .open();
  }

  private SqsDestination.Builder<Order> queue(String name) {
    return SqsDestination.<Order>builder()
        .connection(Fakes.connection(aws))
        .queue(name)
        .body(Order::text);
  }

  private Destination<Order> table() {
    return DynamoDbDestination.<Order>builder()
        .connection(Fakes.connection(aws))
        .table("orders")
        .item(
            order ->
                Map.of(
                    "id",
                    AttributeValue.fromS(order.id()),
                    "amount",
                    AttributeValue.fromN(Integer.toString(order.amount()))))
        .open();
  }

  private Destination<Order> metrics() {
    return CloudWatchDestination.<Order>builder()
        .connection(Fakes.connection(aws))
        .namespace("orders")
        .metric(
            order ->
                MetricDatum.builder()
                    .metricName("amount")
                    .value(order.amount() < 0 ? Double.NaN : order.amount())
                    .build())
        .open();
  }

  private static List<Order> orders(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(Order::of).toList();
  }

  private static List<Undelivered<Order>> deliver(Dispatcher<Order> dispatcher, List<Order> orders)
      throws InterruptedException {
    orders.forEach(dispatcher::submit);
    return dispatcher.flush();
  }

  private static List<String> texts(List<Order> orders) {
    return orders.stream().map(Order::text).toList();
  }

  // ---- cases, numbered as in the document

  @Test
  void case1MetricsThatCanNotBeWrittenComeBack() throws Exception {
    aws.cloudWatch().faults().always(AwsFault.failed(Effect.NOT_APPLIED));
    try (var dispatcher = dispatcher(metrics())) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(5));

      assertThat(back).hasSize(5);
      assertThat(back).extracting(Undelivered::disposition).containsOnly(Disposition.UNKNOWN);
      assertThat(aws.cloudWatch().callCount()).as("calls; a repeat might count twice").isOne();
    }
  }

  @Test
  void case1OneMetricThatIsNoNumberCostsTheOthersNothing() throws Exception {
    try (var dispatcher = dispatcher(metrics())) {
      var bad = new Order("bad", "c", -1);
      dispatcher.submit(bad);

      List<Undelivered<Order>> back = deliver(dispatcher, orders(5));

      assertThat(back).singleElement().satisfies(one -> assertThat(one.payload()).isSameAs(bad));
      assertThat(aws.cloudWatch().storedCount()).isEqualTo(5);
    }
  }

  @Test
  void case2HalfTheRecordsThrottledAtEachCallAreAllDeliveredInTheEnd() throws Exception {
    aws.kinesis().faults().always(AwsFault.itemsFailed(Selection.share(0.5, 7), THROTTLED));
    try (var dispatcher = dispatcher(stream())) {
      assertThat(deliver(dispatcher, orders(1_000))).isEmpty();

      assertThat(aws.kinesis().timesStored().values()).hasSize(1_000).containsOnly(1);
    }
  }

  @Test
  void case2RecordsThatAreThrottledForEverComeBackAfterFiveAttempts() throws Exception {
    aws.kinesis()
        .faults()
        .always(AwsFault.itemsFailed(Selection.containing("order-3\""), THROTTLED));
    try (var dispatcher = dispatcher(stream())) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(10));

      assertThat(back)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.payload().id()).isEqualTo("order-3");
                assertThat(one.disposition()).isEqualTo(Disposition.UNPROCESSED);
                assertThat(one.reason().code()).isEqualTo(THROTTLED);
                assertThat(one.attempts()).isLessThanOrEqualTo(10);
              });
      assertThat(aws.kinesis().storedCount()).isEqualTo(9);
    }
  }

  @Test
  void case3ThrottledCallFollowedByAPartialFailureIsDelivered() throws Exception {
    aws.kinesis()
        .faults()
        .next(AwsFault.throttled(), AwsFault.itemsFailed(Selection.at(0), THROTTLED));
    aws.sqs()
        .faults()
        .next(AwsFault.throttled(), AwsFault.itemsFailed(Selection.at(0), "InternalError"));
    try (var records = dispatcher(stream());
        var messages = dispatcher(queue("orders").open())) {
      assertThat(deliver(records, orders(5))).isEmpty();
      assertThat(deliver(messages, orders(5))).isEmpty();

      assertThat(aws.kinesis().timesStored().values()).hasSize(5).containsOnly(1);
      assertThat(aws.sqs().timesStored().values()).hasSize(5).containsOnly(1);
    }
  }

  @Test
  void case4FifoMessagesThatKeepFailingTogetherAreSentOneByOne() throws Exception {
    aws.sqs()
        .faults()
        .next(
            AwsFault.itemsFailed(Selection.all(), "InternalError"),
            AwsFault.itemsFailed(Selection.all(), "InternalError"),
            AwsFault.itemsFailed(Selection.all(), "InternalError"));
    try (var dispatcher = dispatcher(queue("orders.fifo").groupId(Order::id).open())) {
      assertThat(deliver(dispatcher, orders(3))).isEmpty();

      assertThat(aws.sqs().calls()).extracting(SeenCall::operation).contains("SendMessage");
      assertThat(aws.sqs().timesStored().values()).hasSize(3).containsOnly(1);
    }
  }

  @Test
  void case5ConnectionThatBreaksIsNoExceptionAndNothingIsSentTwice() throws Exception {
    aws.kinesis().faults().next(AwsFault.cut(Effect.APPLIED));
    try (var dispatcher = dispatcher(stream())) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(3));

      assertThat(back).extracting(Undelivered::disposition).containsOnly(Disposition.UNKNOWN);
      assertThat(aws.kinesis().timesStored().values()).hasSize(3).containsOnly(1);
    }
  }

  @Test
  void case5ServiceThatIsGoneGivesEverythingBackAsUnprocessed() throws Exception {
    var destination = queue("orders").open();
    aws.close();
    try (var dispatcher =
        Dispatcher.to(destination)
            .policy(policy -> quick(policy).patience(Duration.ofMillis(300)))
            .open()) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(25));

      assertThat(back).hasSize(25);
      assertThat(back).extracting(Undelivered::disposition).containsOnly(Disposition.UNPROCESSED);
    }
  }

  @Test
  void case6WhatCameBackOnceDoesNotComeBackAgain() throws Exception {
    aws.firehose().faults().next(AwsFault.refused(400, "InvalidArgumentException", "no"));
    try (var dispatcher =
        dispatcher(
            FirehoseDestination.<Order>builder().connection(Fakes.connection(aws)).stream("orders")
                .data(Order::json)
                .open())) {
      assertThat(deliver(dispatcher, orders(1))).hasSize(1);

      assertThat(deliver(dispatcher, orders(4))).isEmpty();
    }
  }

  @Test
  void case7TheVeryObjectsThatWereSubmittedComeBack() throws Exception {
    aws.sqs().faults().always(AwsFault.denied());
    try (var dispatcher = dispatcher(queue("orders").open())) {
      List<Order> submitted = orders(12);

      List<Undelivered<Order>> back = deliver(dispatcher, submitted);

      assertThat(back).hasSize(12);
      for (Undelivered<Order> one : back) {
        assertThat(submitted).anySatisfy(order -> assertThat(one.payload()).isSameAs(order));
      }
    }
  }

  @Test
  void case8TheLaterWriteOfAKeyIsTheOneThatStays() throws Exception {
    aws.dynamoDb()
        .faults()
        .seeded(3, Map.of(AwsFault.itemsFailed(Selection.share(0.5, 5), "unprocessed"), 0.7));
    try (var dispatcher = dispatcher(table())) {
      var writes = new ArrayList<Order>();
      for (int round = 1; round <= 4; round++) {
        for (int key = 0; key < 30; key++) {
          writes.add(new Order("key-" + key, "c", round));
        }
      }

      assertThat(deliver(dispatcher, writes)).isEmpty();

      assertThat(aws.dynamoDb().storedCount()).as("writes; none is dropped").isEqualTo(120);
      assertThat(aws.dynamoDb().items("orders"))
          .hasSize(30)
          .allSatisfy(item -> assertThat(item).contains("\"amount\":{\"N\":\"4\"}"));
    }
  }

  @Test
  void case9WhatWasSubmittedIsNotChanged() throws Exception {
    var item = new java.util.HashMap<String, AttributeValue>();
    item.put("id", AttributeValue.fromS("a"));
    item.put(
        "list",
        AttributeValue.fromL(List.of(AttributeValue.fromBool(true), AttributeValue.fromN("1.0"))));
    var before = Map.copyOf(item);
    try (var dispatcher =
        Dispatcher.to(
                DynamoDbDestination.<Map<String, AttributeValue>>builder()
                    .connection(Fakes.connection(aws))
                    .table("orders")
                    .item(attributes -> attributes)
                    .open())
            .open()) {
      dispatcher.submit(item);

      assertThat(dispatcher.flush()).isEmpty();
      assertThat(item).isEqualTo(before);
      assertThat(aws.dynamoDb().items("orders"))
          .singleElement()
          .asString()
          .contains("{\"BOOL\":true}")
          .contains("{\"N\":\"1.0\"}");
    }
  }

  @Test
  void case10ItemsUpToTheLimitAreTakenWhateverIsInThem() throws Exception {
    try (var dispatcher =
        Dispatcher.to(
                KinesisDestination.<byte[]>builder().connection(Fakes.connection(aws)).stream(
                        "orders")
                    .partitionKey(data -> "key")
                    .data(data -> data)
                    .open())
            .open()) {
      byte[] quotes = "\"".repeat((1 << 20) - 3).getBytes(java.nio.charset.StandardCharsets.UTF_8);
      dispatcher.submit(quotes);

      assertThat(dispatcher.flush()).isEmpty();
      assertThatThrownBy(() -> dispatcher.submit(new byte[(1 << 20) - 2]))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1,048,577")
          .hasMessageContaining("1,048,576");
    }
  }

  @Test
  void case11WorkForAnItemDoesNotGrowWithTheBuffer() throws Exception {
    var made = new AtomicInteger();
    try (var dispatcher =
        dispatcher(
            KinesisDestination.<Order>builder().connection(Fakes.connection(aws)).stream("orders")
                .data(
                    order -> {
                      made.incrementAndGet();
                      return order.json();
                    })
                .open())) {
      assertThat(deliver(dispatcher, orders(5_000))).isEmpty();

      assertThat(made.get()).as("times that data were made").isLessThanOrEqualTo(5_000 * 4);
    }
  }

  @Test
  void case12MessageThatTheSenderIsAtFaultForIsSentOnceAndTheOthersArrive() throws Exception {
    try (var dispatcher = dispatcher(queue("orders").open())) {
      var bad = new Order("bad\u0001", "c", 1);
      dispatcher.submit(bad);

      List<Undelivered<Order>> back = deliver(dispatcher, orders(5));

      assertThat(back)
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.payload()).isSameAs(bad);
                assertThat(one.disposition()).isEqualTo(Disposition.REJECTED);
                assertThat(one.attempts()).isOne();
              });
      assertThat(aws.sqs().storedCount()).isEqualTo(5);
    }
  }

  @Test
  void case13FailedFifoMessageIsNotOvertakenInItsGroup() throws Exception {
    aws.sqs()
        .faults()
        .seeded(11, Map.of(AwsFault.itemsFailed(Selection.share(0.4, 2), "InternalError"), 0.6));
    try (var dispatcher =
        Dispatcher.to(queue("orders.fifo").groupId(Order::customer).open())
            .policy(policy -> quick(policy).order(Policy.Order.PER_KEY))
            .open()) {
      List<Order> submitted = orders(100);

      assertThat(deliver(dispatcher, submitted)).isEmpty();

      for (int customer = 0; customer < 7; customer++) {
        String group = "customer-" + customer;
        assertThat(aws.sqs().textsOf(group))
            .containsExactlyElementsOf(
                texts(submitted.stream().filter(order -> order.customer().equals(group)).toList()));
      }
    }
  }

  @Test
  void case13FifoMessagesInDoubtAreRepeatedAndStoredOnce() throws Exception {
    aws.sqs().faults().next(AwsFault.cut(Effect.APPLIED), AwsFault.cut(Effect.NOT_APPLIED));
    try (var dispatcher = dispatcher(queue("orders.fifo").groupId(Order::customer).open())) {
      assertThat(deliver(dispatcher, orders(5))).isEmpty();

      assertThat(aws.sqs().timesStored().values()).hasSize(5).containsOnly(1);
    }
  }

  @Test
  void case13EqualFifoMessagesAreTwoMessages() throws Exception {
    try (var dispatcher = dispatcher(queue("orders.fifo").groupId(Order::customer).open())) {
      assertThat(deliver(dispatcher, List.of(Order.of(1), Order.of(1)))).isEmpty();

      assertThat(aws.sqs().storedCount()).isEqualTo(2);
    }
  }

  @Test
  void case14EveryThingThatComesBackHasItsReasonAndManyThreadsMaySubmit() throws Exception {
    aws.sqs()
        .faults()
        .always(AwsFault.itemsFailed(Selection.containing("customer-3"), "InternalError"));
    try (var dispatcher = dispatcher(queue("orders").open())) {
      List<Order> submitted = orders(700);
      try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
        submitted.forEach(order -> threads.execute(() -> dispatcher.submit(order)));
      }

      List<Undelivered<Order>> back = dispatcher.flush();

      assertThat(back).hasSize(100);
      assertThat(back)
          .allSatisfy(
              one -> {
                assertThat(one.payload().customer()).isEqualTo("customer-3");
                assertThat(one.reason().code()).isEqualTo("InternalError");
                assertThat(one.attempts()).isPositive();
              });
      assertThat(aws.sqs().timesStored().values()).hasSize(600).containsOnly(1);
    }
  }

  @Test
  void credentialsThatAreDeniedEndAtOnce() throws Exception {
    aws.firehose().faults().always(AwsFault.denied());
    try (var dispatcher =
        Dispatcher.to(
                FirehoseDestination.<Order>builder().connection(Fakes.connection(aws)).stream(
                        "orders")
                    .data(Order::json)
                    .open())
            .policy(policy -> policy.inFlight(1))
            .open()) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(2_000));

      assertThat(back).hasSize(2_000);
      assertThat(back).extracting(Undelivered::disposition).containsOnly(Disposition.UNPROCESSED);
      assertThat(aws.firehose().callCount()).isOne();
    }
  }

  @Test
  void messageInNeitherListIsUnknown() throws Exception {
    aws.sqs().faults().next(AwsFault.itemsMissing(Selection.at(2), Effect.APPLIED));
    try (var dispatcher = dispatcher(queue("orders").open())) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(5));

      assertThat(back)
          .singleElement()
          .satisfies(one -> assertThat(one.disposition()).isEqualTo(Disposition.UNKNOWN));
      assertThat(aws.sqs().timesStored().values()).hasSize(5).containsOnly(1);
    }
  }

  @Test
  void messageWhoseDigestIsWrongIsUnknownAndTheOthersAreDelivered() throws Exception {
    aws.sqs().faults().next(AwsFault.wrongChecksum(Selection.at(2)));
    try (var dispatcher = dispatcher(queue("orders").open())) {
      List<Undelivered<Order>> back = deliver(dispatcher, orders(5));

      assertThat(back)
          .singleElement()
          .satisfies(one -> assertThat(one.disposition()).isEqualTo(Disposition.UNKNOWN));
      assertThat(aws.sqs().callCount()).isOne();
    }
  }
}
