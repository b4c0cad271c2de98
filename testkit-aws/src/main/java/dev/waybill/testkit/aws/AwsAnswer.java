package dev.waybill.testkit.aws;

import java.util.Map;

/// What a service answers.
sealed interface AwsAnswer permits AwsAnswer.Done, Refusal {

  /// The operation was carried out.
  record Done(int status, Map<String, String> headers, Struct body) implements AwsAnswer {}

  static Done done(Struct body) {
    return new Done(200, Map.of(), body);
  }
}
