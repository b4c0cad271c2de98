package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.FakeAws;
import dev.waybill.testkit.aws.Selection;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Services of AWS as destinations of `load`, by a fake of them.
class AwsLoadTest {

  private static final String ORDERS = "id,customer,amount\n1,ada,10\n2,grace,20\n3,ada,30\n";

  @TempDir Path directory;
  private final FakeAws aws = FakeAws.start();
  private Cli cli = new Cli(Path.of(""));
  private String orders = "";

  @BeforeEach
  void begin() {
    System.setProperty("aws.accessKeyId", "AKIDEXAMPLE");
    System.setProperty("aws.secretAccessKey", "secret");
    cli = new Cli(directory);
    orders = cli.file("orders.csv", ORDERS);
  }

  @AfterEach
  void end() {
    aws.close();
    System.clearProperty("aws.accessKeyId");
    System.clearProperty("aws.secretAccessKey");
  }

  private Said load(String... arguments) {
    return cli.load(
        Stream.concat(
                Stream.of(orders, "--option", "endpoint=" + aws.endpoint()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  @Test
  void messageThatTheQueueDoesNotWantIsInTheFailFileAndTheOthersAreDelivered() {
    aws.sqs().createQueue("orders");
    aws.sqs()
        .faults()
        .always(AwsFault.itemsFailed(Selection.containing("grace"), "InvalidMessageContents"));

    Said said = load("--to", "sqs:orders");

    assertThat(said.code()).isEqualTo(1);
    assertThat(said.out()).contains("2  delivered", "1  rejected", "(InvalidMessageContents)");
    assertThat(cli.left("fail")).contains("2,grace,20");
    assertThat(aws.sqs().texts())
        .containsExactly(
            "{\"id\":\"1\",\"customer\":\"ada\",\"amount\":\"10\"}",
            "{\"id\":\"3\",\"customer\":\"ada\",\"amount\":\"30\"}");
  }

  @Test
  void recordsOfACallWithoutAnAnswerAreInTheRetryFileAsTheyWere() {
    aws.kinesis().createStream("orders");
    aws.kinesis().faults().next(AwsFault.cut(Effect.APPLIED));

    Said said = load("--to", "kinesis:orders", "--option", "partition-key-field=customer");

    assertThat(said.out()).contains("3  unknown");
    assertThat(cli.left("retry")).isEqualTo(ORDERS);
    assertThat(aws.kinesis().calls()).hasSize(1);
  }

  @Test
  void callToATableWithoutAnAnswerIsMadeAgain() {
    aws.dynamoDb().createTable("orders", "id");
    aws.dynamoDb().faults().next(AwsFault.cut(Effect.APPLIED), AwsFault.throttled());

    Said said = load("--to", "dynamodb:orders");

    assertThat(said.code()).isZero();
    assertThat(said.out()).contains("3  delivered");
    assertThat(aws.dynamoDb().items("orders")).hasSize(3);
  }

  @Test
  void streamThatIsNotThereIsToldBeforeAnythingIsSent() {
    Said said = load("--to", "kinesis:nope");

    assertThat(said.code()).isEqualTo(2);
    assertThat(said.err()).contains("there is no Kinesis stream 'nope'");
  }
}
