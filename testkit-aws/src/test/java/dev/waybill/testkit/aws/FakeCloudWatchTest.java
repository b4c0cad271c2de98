package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterCombinationException;
import software.amazon.awssdk.services.cloudwatch.model.InvalidParameterValueException;
import software.amazon.awssdk.services.cloudwatch.model.MetricDatum;

class FakeCloudWatchTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final FakeAws aws = FakeAws.start(() -> NOW);
  private final CloudWatchClient cloudWatch =
      Clients.client(CloudWatchClient.builder(), aws.endpoint());

  @AfterEach
  void end() {
    cloudWatch.close();
    aws.close();
  }

  private static MetricDatum datum(String name, double value) {
    return MetricDatum.builder().metricName(name).value(value).timestamp(NOW).build();
  }

  private void put(MetricDatum... data) {
    cloudWatch.putMetricData(r -> r.namespace("test").metricData(data));
  }

  @Test
  void metricsAreStored() {
    put(datum("a", 1.5), datum("b", 2));

    assertThat(aws.cloudWatch().stored()).extracting(Stored::key).containsExactly("a", "b");
    assertThat(aws.cloudWatch().textsOf("a").getFirst()).contains("1.5");
  }

  @Test
  void thousandMetricsComePackedAndOneMoreIsRefused() {
    var thousand =
        IntStream.range(0, 1000).mapToObj(i -> datum("metric-" + i, i)).toArray(MetricDatum[]::new);
    put(thousand);

    assertThat(aws.cloudWatch().storedCount()).isEqualTo(1000);
    assertThatThrownBy(
            () -> put(Collections.nCopies(1001, datum("m", 1)).toArray(MetricDatum[]::new)))
        .isInstanceOf(InvalidParameterValueException.class);
  }

  @Test
  void oneBadMetricRefusesAll() {
    assertThatThrownBy(() -> put(datum("a", 1), datum("b", Double.NaN)))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(
            () ->
                put(
                    datum("a", 1),
                    datum("b", 1).toBuilder().timestamp(NOW.minusSeconds(15 * 86_400)).build()))
        .isInstanceOf(InvalidParameterValueException.class);
    assertThatThrownBy(
            () -> put(MetricDatum.builder().metricName("a").values(1.0, 2.0).counts(1.0).build()))
        .isInstanceOf(InvalidParameterCombinationException.class);
    assertThat(aws.cloudWatch().stored()).isEmpty();
  }

  @Test
  void throttledFailedDeniedAndCut() {
    aws.cloudWatch()
        .faults()
        .next(
            AwsFault.throttled(),
            AwsFault.failed(Effect.APPLIED),
            AwsFault.denied(),
            AwsFault.cut(Effect.APPLIED));

    var throttled = catchThrowableOfType(AwsServiceException.class, () -> put(datum("a", 1)));
    var failed = catchThrowableOfType(AwsServiceException.class, () -> put(datum("b", 1)));
    var denied = catchThrowableOfType(AwsServiceException.class, () -> put(datum("c", 1)));

    assertThat(throttled.isThrottlingException()).isTrue();
    assertThat(throttled.awsErrorDetails().errorCode()).isEqualTo("Throttling");
    assertThat(failed.statusCode()).isEqualTo(500);
    assertThat(denied.awsErrorDetails().errorCode()).isEqualTo("AccessDenied");
    assertThatThrownBy(() -> put(datum("d", 1))).isInstanceOf(SdkClientException.class);
    assertThat(aws.cloudWatch().stored()).extracting(Stored::key).containsExactly("b", "d");
  }
}
