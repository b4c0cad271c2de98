package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Lambda, as far as functions are invoked. Limits: the Developer Guide, "Lambda quotas": 6 MB for
/// a call that waits for its answer, 1 MB for one that does not.
public final class FakeLambda extends FakeService {

  private static final int MAX_SYNCHRONOUS_BYTES = 6 * 1024 * 1024;
  private static final int MAX_ASYNCHRONOUS_BYTES = 1024 * 1024;

  private final Map<String, UnaryOperator<String>> functions = new LinkedHashMap<>();

  FakeLambda(Settings settings) {
    super(Service.LAMBDA, settings);
  }

  /// Makes a function: from JSON to JSON. What it throws is the function error that AWS calls
  /// unhandled.
  public FakeLambda createFunction(String name, UnaryOperator<String> code) {
    return locked(
        () -> {
          functions.put(name, code);
          return this;
        });
  }

  @Override
  @Nullable Refusal refusal(AwsCall call) {
    String name = call.body().text("FunctionName", "");
    if (!functions.containsKey(name)) {
      return Refusal.of(
          404,
          "ResourceNotFoundException",
          "Function not found: arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:" + name);
    }
    if (!call.operation().equals("Invoke")) {
      return null;
    }
    byte[] payload = call.body().blob("Payload");
    int most = isEvent(call) ? MAX_ASYNCHRONOUS_BYTES : MAX_SYNCHRONOUS_BYTES;
    if (payload.length > most) {
      return Refusal.of(
          413,
          "RequestTooLargeException",
          payload.length + " byte payload is too large for the " + most + " byte limit");
    }
    try {
      // a payload may be any JSON value, the wrapping makes a structure of it
      Codec.REST_JSON.decode(
          ("{\"payload\":" + text(payload) + "}").getBytes(StandardCharsets.UTF_8));
      return null;
    } catch (JacksonException e) {
      return Refusal.of(
          "InvalidRequestContentException", "Could not parse request body into json.");
    }
  }

  private static boolean isEvent(AwsCall call) {
    return "Event".equals(call.body().text("InvocationType"));
  }

  private static String text(byte[] payload) {
    return payload.length == 0 ? "null" : new String(payload, StandardCharsets.UTF_8);
  }

  @Override
  AwsAnswer carryOut(AwsCall call) {
    String name = call.body().text("FunctionName", "");
    if (!call.operation().equals("Invoke")) {
      return AwsAnswer.done(
          Struct.of("FunctionName", name)
              .with("FunctionArn", "arn:aws:lambda:us-east-1:" + ACCOUNT + ":function:" + name)
              .with("State", "Active"));
    }
    byte[] payload = call.body().blob("Payload");
    if ("DryRun".equals(call.body().text("InvocationType"))) {
      return new AwsAnswer.Done(204, Map.of(), Struct.empty());
    }
    store(call, 0, name, "", payload, Map.of());
    UnaryOperator<String> code = functions.getOrDefault(name, UnaryOperator.identity());
    if (isEvent(call)) {
      run(code, payload);
      return new AwsAnswer.Done(202, Map.of(), answered(""));
    }
    return run(code, payload);
  }

  private static AwsAnswer.Done run(UnaryOperator<String> code, byte[] payload) {
    var headers = new LinkedHashMap<String, String>();
    headers.put("X-Amz-Executed-Version", "$LATEST");
    try {
      return new AwsAnswer.Done(200, headers, answered(code.apply(text(payload))));
    } catch (RuntimeException e) {
      headers.put("X-Amz-Function-Error", "Unhandled");
      Struct error =
          Struct.of("errorMessage", String.valueOf(e.getMessage()))
              .with("errorType", e.getClass().getSimpleName());
      return new AwsAnswer.Done(200, headers, answered(error.toString()));
    }
  }

  private static Struct answered(String json) {
    return Struct.of("Payload", json.getBytes(StandardCharsets.UTF_8));
  }
}
