package dev.waybill.aws.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.run.Undelivered;
import dev.waybill.testkit.aws.Emulators;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.FakeService;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/// Runs the examples as they stand in the docs. Where AWS is, and with what credentials, they find
/// by the SDK's ordinary chain; here in system properties.
@Timeout(60)
class ExamplesTest {

  private static final List<Path> PAGES =
      List.of(Path.of("../docs/destinations/aws.md"), Path.of("../docs/destinations/s3.md"));
  private static final Path SOURCE =
      Path.of("src/test/java/dev/waybill/aws/examples/Examples.java");
  private static final List<String> PROPERTIES =
      List.of("aws.endpointUrl", "aws.region", "aws.accessKeyId", "aws.secretAccessKey");

  private final FakeAws aws = FakeAws.start();
  private final List<Order> orders =
      IntStream.range(0, 60)
          .mapToObj(i -> new Order("order-" + i, "customer-" + i % 5, i + 0.5))
          .toList();

  interface Example {
    List<Undelivered<Order>> run(List<Order> orders) throws InterruptedException;
  }

  @BeforeEach
  void prepare() {
    aws.kinesis().createStream("orders");
    aws.firehose().createDeliveryStream("orders");
    aws.sqs().createQueue("orders").createQueue("orders.fifo");
    aws.sns().createTopic("orders");
    aws.dynamoDb().createTable("orders", "id");
    aws.logs().createLogStream("orders", "all");
    aws.lambda().createFunction("orders", batch -> "{}");
    System.setProperty("aws.endpointUrl", aws.endpoint().toString());
    System.setProperty("aws.region", "us-east-1");
    System.setProperty("aws.accessKeyId", "test");
    System.setProperty("aws.secretAccessKey", "test");
  }

  @AfterEach
  void close() {
    PROPERTIES.forEach(System::clearProperty);
    aws.close();
  }

  private void delivers(Example example, FakeService service) throws InterruptedException {
    assertThat(example.run(orders)).isEmpty();
    assertThat(service.storedCount()).isEqualTo(orders.size());
  }

  @Test
  void kinesis() throws Exception {
    delivers(Examples::kinesis, aws.kinesis());
  }

  @Test
  void firehose() throws Exception {
    delivers(Examples::firehose, aws.firehose());
  }

  @Test
  void sqs() throws Exception {
    delivers(Examples::sqs, aws.sqs());
  }

  @Test
  void sqsFifo() throws Exception {
    delivers(Examples::sqsFifo, aws.sqs());
  }

  @Test
  void sns() throws Exception {
    delivers(Examples::sns, aws.sns());
  }

  @Test
  void dynamoDb() throws Exception {
    delivers(Examples::dynamoDb, aws.dynamoDb());
  }

  @Test
  void cloudWatch() throws Exception {
    delivers(Examples::cloudWatch, aws.cloudWatch());
  }

  @Test
  void logs() throws Exception {
    delivers(Examples::logs, aws.logs());
  }

  @Test
  void eventBridge() throws Exception {
    delivers(Examples::eventBridge, aws.eventBridge());
  }

  @Test
  void lambda() throws Exception {
    assertThat(Examples.lambda(orders)).isEmpty();
    assertThat(aws.lambda().texts()).hasSize(1).first().asString().contains("order-59");
  }

  @Test
  void s3() throws Exception {
    URI store = Emulators.s3Proxy();
    System.setProperty("aws.endpointUrl", store.toString());
    System.setProperty("aws.accessKeyId", Emulators.S3_KEY);
    System.setProperty("aws.secretAccessKey", Emulators.S3_SECRET);
    try (var client = S3AsyncClient.create()) {
      client.createBucket(request -> request.bucket("my-bucket")).join();

      assertThat(Examples.s3(orders)).isEmpty();

      var objects = client.listObjectsV2(request -> request.bucket("my-bucket")).join();
      assertThat(objects.contents()).hasSize(1);
      assertThat(objects.contents().getFirst().key()).matches("orders/.*-00000001\\.jsonl\\.gz");
    }
  }

  @Test
  void examplesOfTheDocsAreTheseExamples() throws IOException {
    String source = squeezed(Files.readString(SOURCE));
    var examples = new ArrayList<String>();
    for (Path page : PAGES) {
      var block =
          Pattern.compile("```java\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(page));
      while (block.find()) {
        examples.add(block.group(1));
      }
    }

    assertThat(examples).hasSize(11);
    assertThat(examples).allSatisfy(example -> assertThat(source).contains(squeezed(example)));
  }

  private static String squeezed(String text) {
    return text.replaceAll("\\s+", "");
  }
}
