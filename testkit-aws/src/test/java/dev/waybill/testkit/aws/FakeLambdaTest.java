package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.lambda.LambdaClient;
import software.amazon.awssdk.services.lambda.model.InvocationType;
import software.amazon.awssdk.services.lambda.model.InvokeResponse;
import software.amazon.awssdk.services.lambda.model.RequestTooLargeException;
import software.amazon.awssdk.services.lambda.model.ResourceNotFoundException;
import software.amazon.awssdk.services.lambda.model.ServiceException;
import software.amazon.awssdk.services.lambda.model.TooManyRequestsException;

class FakeLambdaTest {

  private final FakeAws aws = FakeAws.start();
  private final LambdaClient lambda = Clients.client(LambdaClient.builder(), aws.endpoint());

  @AfterEach
  void end() {
    lambda.close();
    aws.close();
  }

  private InvokeResponse invoke(String function, String payload, InvocationType type) {
    return lambda.invoke(
        r ->
            r.functionName(function)
                .invocationType(type)
                .payload(SdkBytes.fromUtf8String(payload)));
  }

  private InvokeResponse invoke(String payload) {
    return invoke("f", payload, InvocationType.REQUEST_RESPONSE);
  }

  @Test
  void functionIsCalledWithThePayloadAndAnswers() {
    aws.lambda().createFunction("f", json -> "{\"got\":" + json + "}");

    InvokeResponse answer = invoke("[1,2]");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isNull();
    assertThat(answer.payload().asUtf8String()).isEqualTo("{\"got\":[1,2]}");
    assertThat(aws.lambda().texts()).containsExactly("[1,2]");
  }

  @Test
  void functionThatThrowsRanAllTheSame() {
    aws.lambda()
        .createFunction(
            "f",
            json -> {
              throw new IllegalStateException("broken");
            });

    InvokeResponse answer = invoke("{}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.functionError()).isEqualTo("Unhandled");
    assertThat(answer.payload().asUtf8String()).contains("broken");
    assertThat(aws.lambda().storedCount()).isEqualTo(1);
  }

  @Test
  void asynchronousCallIsAcceptedUpToOneMebibyte() {
    aws.lambda().createFunction("f", json -> json);

    assertThat(invoke("f", "{}", InvocationType.EVENT).statusCode()).isEqualTo(202);
    String large = "\"" + "x".repeat(1024 * 1024) + "\"";
    assertThatThrownBy(() -> invoke("f", large, InvocationType.EVENT))
        .isInstanceOf(RequestTooLargeException.class);
    assertThat(invoke(large).statusCode()).isEqualTo(200);
  }

  @Test
  void throttlingTellsHowLongAndOtherErrorsTheirNames() {
    aws.lambda().createFunction("f", json -> json);
    aws.lambda()
        .faults()
        .next(AwsFault.throttled(Duration.ofSeconds(3)), AwsFault.failed(Effect.APPLIED));

    var throttled = catchThrowableOfType(TooManyRequestsException.class, () -> invoke("{}"));

    assertThat(throttled.retryAfterSeconds()).isEqualTo("3");
    assertThatThrownBy(() -> invoke("{}")).isInstanceOf(ServiceException.class);
    assertThatThrownBy(() -> invoke("nowhere", "{}", InvocationType.REQUEST_RESPONSE))
        .isInstanceOf(ResourceNotFoundException.class);
    assertThat(aws.lambda().storedCount()).isEqualTo(1);
  }
}
