package dev.waybill.testkit.aws;

import dev.waybill.sim.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import org.jspecify.annotations.Nullable;

/// From HTTP to calls, and from answers to HTTP.
final class Wire {

  private static final String CLOUDWATCH = "/service/GraniteServiceVersion20100801/operation/";
  private static final String LAMBDA = "/2015-03-31/functions/";
  private static final String SNS = "http://sns.amazonaws.com/doc/2010-03-31/";

  private Wire() {}

  /// The call; null if it is of no service that is known here.
  static @Nullable AwsCall call(HttpRequest http) {
    String target = http.header("x-amz-target");
    for (Service service : Service.values()) {
      if (!service.target().isEmpty() && target.startsWith(service.target())) {
        Codec codec = codec(http.header("content-type"));
        return call(http, service, target.substring(service.target().length()), codec);
      }
    }
    if (http.path().startsWith(CLOUDWATCH)) {
      String operation = http.path().substring(CLOUDWATCH.length());
      return call(http, Service.CLOUDWATCH, operation, Codec.RPC_V2_CBOR);
    }
    if (http.path().startsWith(LAMBDA)) {
      return lambda(http);
    }
    Map<String, String> form = http.parameters();
    String action = form.get("Action");
    return action == null
        ? null
        : call(http, Service.SNS, action, Codec.QUERY, QueryForm.decode(form));
  }

  private static Codec codec(String contentType) {
    return contentType.contains("cbor")
        ? Codec.CBOR_1_1
        : contentType.contains("json-1.0") ? Codec.JSON_1_0 : Codec.JSON_1_1;
  }

  /// `FUNCTION/invocations` and `FUNCTION/configuration`.
  private static AwsCall lambda(HttpRequest http) {
    String[] path = http.path().substring(LAMBDA.length()).split("/", -1);
    String operation =
        path.length > 1 && path[1].equals("invocations") ? "Invoke" : "GetFunctionConfiguration";
    Struct body =
        Struct.of("FunctionName", path[0])
            .with("InvocationType", http.headers().get("x-amz-invocation-type"))
            .with("Payload", http.body());
    return call(http, Service.LAMBDA, operation, Codec.REST_JSON, body);
  }

  private static AwsCall call(HttpRequest http, Service service, String operation, Codec codec) {
    return call(http, service, operation, codec, codec.decode(http.body()));
  }

  private static AwsCall call(
      HttpRequest http, Service service, String operation, Codec codec, Struct body) {
    String length = http.header("content-length");
    long wireBytes = length.isEmpty() ? http.body().length : Long.parseLong(length);
    return new AwsCall(service, 0, operation, codec, body, http.header("host"), wireBytes, http);
  }

  /// Head and body of an answer.
  static byte[] bytes(AwsCall call, AwsAnswer answer) {
    return switch (answer) {
      case AwsAnswer.Done done -> done(call, done);
      case Refusal refusal -> refusal(call, refusal);
    };
  }

  private static byte[] done(AwsCall call, AwsAnswer.Done done) {
    var headers = new LinkedHashMap<>(done.headers());
    byte[] body =
        switch (call.codec()) {
          case QUERY -> utf8(QueryForm.response(call.operation(), done.body(), SNS));
          case REST_JSON ->
              done.body().has("Payload")
                  ? done.body().blob("Payload")
                  : call.codec().encode(done.body());
          case JSON_1_0, JSON_1_1, CBOR_1_1 -> call.codec().encode(done.body());
          case RPC_V2_CBOR -> {
            headers.put("smithy-protocol", "rpc-v2-cbor");
            yield call.codec().encode(done.body());
          }
        };
    return http(done.status(), call.codec().contentType(), headers, body);
  }

  private static byte[] refusal(AwsCall call, Refusal refusal) {
    var headers = new LinkedHashMap<>(refusal.headers());
    Struct error = Struct.of("__type", refusal.type()).with("message", refusal.message());
    String fault = refusal.status() < 500 ? "Sender" : "Receiver";
    byte[] body =
        switch (call.codec()) {
          case QUERY -> utf8(QueryForm.error(refusal, SNS));
          case REST_JSON -> {
            headers.put("X-Amzn-ErrorType", refusal.type());
            yield call.codec().encode(error.with("__type", null));
          }
          case JSON_1_0, JSON_1_1 -> {
            if (call.service() == Service.SQS) {
              headers.put("x-amzn-query-error", refusal.code() + ";" + fault);
            }
            yield call.codec().encode(error);
          }
          case CBOR_1_1 -> call.codec().encode(error);
          case RPC_V2_CBOR -> {
            headers.put("smithy-protocol", "rpc-v2-cbor");
            headers.put("x-amzn-query-error", refusal.code() + ";" + fault);
            yield call.codec().encode(error);
          }
        };
    return http(refusal.status(), call.codec().contentType(), headers, body);
  }

  /// Head and body as they go over the wire.
  static byte[] http(int status, String contentType, Map<String, String> headers, byte[] body) {
    var head = new StringBuilder(200);
    head.append("HTTP/1.1 ").append(status).append(" .\r\nContent-Type: ").append(contentType);
    head.append("\r\nContent-Length: ").append(body.length);
    head.append("\r\nx-amzn-RequestId: fake");
    for (Entry<String, String> header : headers.entrySet()) {
      head.append("\r\n").append(header.getKey()).append(": ").append(header.getValue());
    }
    byte[] start = head.append("\r\n\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
    byte[] bytes = new byte[start.length + body.length];
    System.arraycopy(start, 0, bytes, 0, start.length);
    System.arraycopy(body, 0, bytes, start.length, body.length);
    return bytes;
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
