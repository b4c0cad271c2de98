package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// CloudWatch metrics: all or nothing. Limits: the API reference of PutMetricData: 1,000 metrics, 1
/// MB as sent, 150 values and 30 dimensions for each, at most two weeks old and two hours ahead.
public final class FakeCloudWatch extends FakeService {

  private static final int MAX_METRICS = 1000;
  private static final int MAX_VALUES = 150;
  private static final int MAX_DIMENSIONS = 30;
  private static final long MAX_WIRE_BYTES = 1_000_000;
  private static final double MAX_VALUE = Math.pow(2, 360);
  private static final Duration MAX_AGE = Duration.ofDays(14);
  private static final Duration MAX_AHEAD = Duration.ofHours(2);

  FakeCloudWatch(Settings settings) {
    super(Service.CLOUDWATCH, settings);
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    if (!call.operation().equals("PutMetricData")) {
      return null;
    }
    if (call.wireBytes() > MAX_WIRE_BYTES) {
      return Refusal.of(
          413,
          "RequestEntityTooLarge",
          "The request has " + call.wireBytes() + " bytes; at most " + MAX_WIRE_BYTES + ".");
    }
    List<Struct> metrics = call.body().structs("MetricData");
    if (call.body().text("Namespace", "").isEmpty() || metrics.isEmpty()) {
      return missing("The parameters Namespace and MetricData are required.");
    }
    if (metrics.size() > MAX_METRICS) {
      return invalid(
          "The collection MetricData must not have a size greater than " + MAX_METRICS + ".");
    }
    for (int i = 0; i < metrics.size(); i++) {
      Refusal refusal = refused(metrics.get(i), "MetricData.member." + (i + 1));
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable Refusal refused(Struct metric, String where) {
    if (metric.text("MetricName", "").isEmpty()) {
      return missing("The parameter " + where + ".MetricName is required.");
    }
    List<?> values = metric.list("Values");
    List<?> counts = metric.list("Counts");
    if (values.isEmpty() && !metric.has("Value") && !metric.has("StatisticValues")) {
      return missing(
          "At least one of " + where + ".Value, .Values and .StatisticValues must be given.");
    }
    if ((metric.has("Value") && !values.isEmpty())
        || (!counts.isEmpty() && counts.size() != values.size())) {
      return Refusal.of(
          400,
          "InvalidParameterCombinationException",
          "InvalidParameterCombination",
          where + " must have either Value or Values, and as many Counts as Values.");
    }
    if (values.size() > MAX_VALUES || metric.list("Dimensions").size() > MAX_DIMENSIONS) {
      return invalid(
          where + " must have at most 150 Values and " + MAX_DIMENSIONS + " Dimensions.");
    }
    Object single = metric.get("Value");
    if ((single != null && !isAllowed(single)) || !values.stream().allMatch(this::isAllowed)) {
      return invalid("The value of " + where + " is not a number that is supported.");
    }
    Object time = metric.get("Timestamp");
    if (time instanceof Number seconds) {
      Instant at = Instant.ofEpochMilli((long) (seconds.doubleValue() * 1000));
      if (at.isBefore(now().minus(MAX_AGE)) || at.isAfter(now().plus(MAX_AHEAD))) {
        return invalid(
            "The parameter "
                + where
                + ".Timestamp must specify a time within the past two weeks and at most two hours"
                + " in the future.");
      }
    }
    return null;
  }

  private boolean isAllowed(Object value) {
    double number = ((Number) value).doubleValue();
    return !Double.isNaN(number) && Math.abs(number) <= MAX_VALUE;
  }

  private static Refusal invalid(String message) {
    return Refusal.of(400, "InvalidParameterValueException", "InvalidParameterValue", message);
  }

  private static Refusal missing(String message) {
    return Refusal.of(400, "MissingRequiredParameterException", "MissingParameter", message);
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    if (!call.operation().equals("PutMetricData")) {
      return unknown(call);
    }
    String namespace = call.body().text("Namespace", "");
    List<Struct> metrics = call.body().structs("MetricData");
    for (int i = 0; i < metrics.size(); i++) {
      Struct metric = metrics.get(i);
      store(
          call,
          i,
          namespace,
          metric.text("MetricName", ""),
          metric.toString().getBytes(StandardCharsets.UTF_8),
          Map.of("Unit", metric.text("Unit", "None")));
    }
    return AwsAnswer.done(Struct.empty());
  }
}
