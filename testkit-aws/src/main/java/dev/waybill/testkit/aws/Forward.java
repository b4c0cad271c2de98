package dev.waybill.testkit.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Carries calls out by an emulator. Speaks JSON to it, whatever the client speaks.
final class Forward implements Backend {

  /// Those that the client of the platform sets by itself, or that speak of the body as it was.
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "host",
          "connection",
          "content-length",
          "content-encoding",
          "content-type",
          "expect",
          "transfer-encoding",
          "upgrade",
          "x-amz-content-sha256");

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final URI emulator;

  Forward(URI emulator) {
    this.emulator = emulator;
  }

  /// Null: only the emulator can tell, and it can not be asked without doing it.
  @Override
  public @Nullable Refusal check(AwsCall call) {
    return null;
  }

  @Override
  public AwsAnswer apply(AwsCall call) {
    Codec codec = call.codec() == Codec.CBOR_1_1 ? Codec.JSON_1_1 : call.codec();
    var request =
        java.net.http.HttpRequest.newBuilder(emulator.resolve(call.http().path()))
            .header("Content-Type", codec.contentType())
            .POST(BodyPublishers.ofByteArray(codec.encode(call.body())));
    call.http()
        .headers()
        .forEach(
            (name, value) -> {
              if (!OWN_HEADERS.contains(name)) {
                request.header(name, value);
              }
            });
    try {
      HttpResponse<byte[]> response = CLIENT.send(request.build(), BodyHandlers.ofByteArray());
      Struct body = codec.decode(response.body());
      return response.statusCode() < 300
          ? AwsAnswer.done(call.codec() == Codec.CBOR_1_1 ? withBlobs(body) : body)
          : refusal(response, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Refusal refusal(HttpResponse<byte[]> response, Struct body) {
    String type = withoutNamespace(body.text("__type", ""));
    String query = response.headers().firstValue("x-amzn-query-error").orElse(type);
    int semicolon = query.indexOf(';');
    return new Refusal(
        response.statusCode(),
        type,
        withoutNamespace(semicolon < 0 ? query : query.substring(0, semicolon)),
        body.text("message", body.text("Message", "")),
        Map.of());
  }

  /// ElasticMQ has it also where AWS has none.
  private static String withoutNamespace(String code) {
    return code.substring(code.lastIndexOf('#') + 1);
  }

  /// Base64 is text in JSON; in CBOR the SDK wants bytes. Only GetRecords answers any.
  private static Struct withBlobs(Struct body) {
    if (!body.has("MillisBehindLatest")) {
      return body;
    }
    List<Struct> records = new ArrayList<>();
    for (Struct record : body.structs("Records")) {
      records.add(
          record
              .copy()
              .with("Data", record.blob("Data"))
              // seconds in JSON, milliseconds in CBOR; nobody here asks
              .with("ApproximateArrivalTimestamp", null));
    }
    return body.with("Records", records);
  }
}
