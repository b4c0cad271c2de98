package dev.waybill.aws;

import dev.waybill.testkit.aws.FakeAws;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The fake AWS as the tests here use it.
final class Fakes {

  static final String SECRET = "bPxRfiCYEXAMPLEKEY";

  private Fakes() {}

  static AwsConnection connection(FakeAws aws) {
    return connection(aws.endpoint());
  }

  static AwsConnection connection(URI endpoint) {
    return AwsConnection.ordinary()
        .region("us-east-1")
        .endpoint(endpoint)
        .timeout(Duration.ofSeconds(10))
        .credentials(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIDEXAMPLE", SECRET)));
  }

  /// Makes what [EveryService] writes to.
  static void prepare(FakeAws aws) {
    aws.kinesis().createStream("orders");
    aws.firehose().createDeliveryStream("orders");
    aws.sqs().createQueue("orders").createQueue("orders.fifo");
    aws.sns().createTopic("orders");
    aws.dynamoDb().createTable("orders", "id");
    aws.logs().createLogStream("orders", "all");
    aws.lambda().createFunction("orders", batch -> "null");
  }
}
