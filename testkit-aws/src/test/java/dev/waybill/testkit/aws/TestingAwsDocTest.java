package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;

/// The example of docs/testing-aws.md.
class TestingAwsDocTest {

  @Test
  @SuppressWarnings("unchecked") // the SDK's varargs of consumers
  void exampleRuns() {
    try (var aws = FakeAws.start();
        var sqs =
            SqsClient.builder()
                .endpointOverride(aws.endpoint())
                .region(Region.US_EAST_1)
                .credentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build()) {
      aws.sqs().createQueue("orders");
      aws.sqs().faults().next(AwsFault.itemsFailed(Selection.at(1), "InternalError"));

      String url = sqs.getQueueUrl(r -> r.queueName("orders")).queueUrl();
      var answer =
          sqs.sendMessageBatch(
              r ->
                  r.queueUrl(url)
                      .entries(
                          e -> e.id("a").messageBody("first"),
                          e -> e.id("b").messageBody("second")));

      assertThat(answer.failed()).hasSize(1);
      assertThat(aws.sqs().texts()).containsExactly("first");
    }
  }
}
