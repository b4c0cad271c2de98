package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.aws.ScriptedEndpoint.Answer;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.aws.FakeAws;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.cloudwatch.model.Dimension;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;
import software.amazon.awssdk.services.cloudwatch.model.StandardUnit;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/// Bytes are counted as the services count them: what is at the limit passes, and one byte more
/// does not.
class ByteCountTest {

  private final FakeAws aws = FakeAws.start();

  @BeforeEach
  void prepare() {
    Fakes.prepare(aws);
  }

  @AfterEach
  void close() {
    aws.close();
  }

  /// CloudWatch has no limit for an item, and DynamoDB has a test of its own.
  @ParameterizedTest
  @EnumSource(
      names = {"CLOUDWATCH", "DYNAMODB"},
      mode = EnumSource.Mode.EXCLUDE)
  void itemAtTheLimitPassesAndOneByteMoreDoesNot(EveryService service) throws Exception {
    try (var destination = service.open(Fakes.connection(aws))) {
      Item<String> fits = ofSize(destination, destination.traits().maxItemBytes());

      assertThat(send(destination, fits)).isInstanceOf(Reply.Answered.class);
      assertThat(((Reply.Answered) send(destination, fits)).verdicts().getFirst())
          .isInstanceOf(Verdict.Accepted.class);
      assertThat(passes(send(destination, Item.of(2, fits.payload() + "x")))).isFalse();
    }
  }

  @Test
  void itemOfATableAtTheLimitPassesAndOneByteMoreDoesNot() throws Exception {
    try (var destination =
        DynamoDbDestination.<String>builder()
            .connection(Fakes.connection(aws))
            .table("orders")
            .item(
                text ->
                    Map.of(
                        "id",
                        AttributeValue.fromS("a"),
                        "number",
                        AttributeValue.fromN("-12.50"),
                        "flags",
                        AttributeValue.fromL(
                            List.of(AttributeValue.fromBool(true), AttributeValue.fromNul(true))),
                        "raw",
                        AttributeValue.fromB(SdkBytes.fromByteArray(new byte[100])),
                        "tags",
                        AttributeValue.fromSs(List.of("ä", "b")),
                        "nested",
                        AttributeValue.fromM(Map.of("text", AttributeValue.fromS(text)))))
            .open()) {
      Item<String> fits = ofSize(destination, destination.traits().maxItemBytes());

      assertThat(passes(send(destination, fits))).isTrue();
      assertThat(passes(send(destination, Item.of(2, fits.payload() + "x")))).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SQS", "SQS_FIFO", "SNS", "EVENTBRIDGE", "LOGS", "LAMBDA", "FIREHOSE"})
  void callAtTheLimitPasses(EveryService service) throws Exception {
    try (var destination = service.open(Fakes.connection(aws))) {
      long most = destination.traits().maxBytes();
      int items = service == EveryService.FIREHOSE ? 5 : 4;
      Item<String> part = ofSize(destination, most / items);
      Item<String> last = ofSize(destination, most - (items - 1L) * (most / items));
      var batch =
          new java.util.ArrayList<Item<String>>(java.util.Collections.nCopies(items - 1, part));
      batch.add(last);

      Reply reply = destination.send(new Batch<>(1, List.copyOf(batch), 1, "run"));

      assertThat(passes(reply)).as("%s", reply).isTrue();
    }
  }

  private static boolean passes(Reply reply) {
    return reply instanceof Reply.Answered answered
        && answered.verdicts().stream().allMatch(Verdict.Accepted.class::isInstance);
  }

  private static Reply send(Destination<String> destination, Item<String> item)
      throws InterruptedException {
    return destination.send(new Batch<>(1, List.of(item), 1, "run"));
  }

  /// An item of exactly this size, by the destination's own count, with characters of 1 to 4 bytes.
  private static Item<String> ofSize(Destination<String> destination, long bytes) {
    String start = "aé€😀";
    long missing = bytes - destination.bytesOf(Item.of(1, start));
    Item<String> item = Item.of(1, start + "x".repeat((int) missing));
    assertThat(destination.bytesOf(item)).isEqualTo(bytes);
    return item;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 30})
  void requestOfMetricsHasAsManyBytesAsAreCounted(int metrics) throws Exception {
    try (var service = new ScriptedEndpoint();
        var destination =
            CloudWatchDestination.<Integer>builder()
                .connection(service.connection())
                .namespace("Läden/Orders")
                .metric(ByteCountTest::metric)
                .open()) {
      service.answering(
          new Answer(200, Map.of("smithy-protocol", "rpc-v2-cbor"), new byte[] {(byte) 0xA0}));
      var items =
          java.util.stream.IntStream.rangeClosed(1, metrics).mapToObj(i -> Item.of(i, i)).toList();

      destination.send(new Batch<>(1, items, 1, "run"));

      long counted = items.stream().mapToLong(destination::bytesOf).sum();
      long around = CloudWatchDestination.LIMITS.maxCallBytes() - destination.traits().maxBytes();
      // The list's own head has one byte to three, by the number of metrics.
      assertThat(counted + around - service.calls().getFirst().body().length)
          .isBetween(0L, (long) CborSize.LONGER_HEAD);
    }
  }

  private static MetricDatum metric(int number) {
    var datum =
        MetricDatum.builder()
            .metricName("metric-" + "é".repeat(number * 5))
            .timestamp(Instant.ofEpochMilli(1_790_000_000_000L + number))
            .unit(StandardUnit.SECONDS)
            .dimensions(
                Dimension.builder().name("shop").value("s".repeat(number)).build(),
                Dimension.builder().name("till").value("" + number).build());
    return switch (number % 3) {
      case 0 -> datum.values(1.0, 2.5, 1e300).counts(1.0, 3.0, 4.0).build();
      case 1 -> datum.value(number / 3.0).storageResolution(number % 2 == 0 ? 1 : 60).build();
      default ->
          datum
              .statisticValues(set -> set.sum(5.0).minimum(1.0).maximum(4.0).sampleCount(2.0))
              .build();
    };
  }

  @Test
  void textIsCountedAsUtf8WithoutBeingEncoded() {
    for (String text :
        List.of("", "plain", "é", "€uro", "😀 and 😀", "lone \uD83D surrogate", "\uDE00")) {
      assertThat(Text.utf8Length(text))
          .as(text)
          .isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }
  }
}
