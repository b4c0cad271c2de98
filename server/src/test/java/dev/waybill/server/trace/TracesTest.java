package dev.waybill.server.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.FlowRun.Trigger;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.Area;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.http.HttpServer;
import dev.waybill.server.http.HttpSettings;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class TracesTest {

  private final Queue<String> received = new ConcurrentLinkedQueue<>();
  private final HttpClient client = HttpClient.newHttpClient();

  /// A page, and a collector.
  private final class Both implements Area {
    @Override
    public String path() {
      return "/";
    }

    @Override
    public void routes(HttpRules rules) {
      rules
          .get("/runs/{id}", (request, response) -> response.send("a run"))
          .post(
              "/v1/traces",
              (request, response) -> {
                received.add(
                    new String(request.content().as(byte[].class), StandardCharsets.ISO_8859_1));
                response.send();
              });
    }

    @Override
    public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
      response.send(problem.detail());
    }
  }

  private HttpServer start(io.helidon.webserver.http.Filter filter) {
    return HttpServer.start(
        HttpSettings.loopback(0), new SimpleMeterRegistry(), List.of(new Both()), List.of(filter));
  }

  private void get(HttpServer server, String path) throws Exception {
    client.send(
        HttpRequest.newBuilder(server.address().resolve(path))
            .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
            .build(),
        BodyHandlers.ofString());
  }

  @Test
  void spansComeToTheCollectorOverHttp() throws Exception {
    try (HttpServer collector = start((chain, request, response) -> chain.proceed())) {
      try (Traces traces =
              Traces.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.address().toString()))
                  .orElseThrow();
          HttpServer server = start(traces.requests())) {
        get(server, "/runs/7");
      }
      assertThat(String.join("", received)).contains("GET /runs/{id}", "service.name", "waybill");
    }
  }

  @Test
  void requestIsAPartOfItsCallersTrace() throws Exception {
    var kept = new Kept();
    try (SdkTracerProvider provider = kept.provider();
        HttpServer server = start(new RequestSpans(provider.get("test")))) {
      get(server, "/runs/7");
      get(server, "/nothing");
    }
    assertThat(kept.spans)
        .allSatisfy(
            span -> {
              assertThat(span.getKind()).isEqualTo(SpanKind.SERVER);
              assertThat(span.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
              assertThat(span.getParentSpanId()).isEqualTo("b7ad6b7169203331");
            })
        .extracting(span -> span.getAttributes().asMap().toString())
        .anyMatch(attributes -> attributes.contains("http.route=/runs/{id}"))
        .anyMatch(attributes -> attributes.contains("http.response.status_code=404"));
  }

  @Test
  void runIsASpanFromItsBeginningToItsEnd() {
    var kept = new Kept();
    Instant began = Instant.parse("2026-11-21T08:00:00Z");
    var run =
        new FlowRun(
            "r1",
            new Tenant("acme", "prod"),
            "f1",
            1,
            null,
            Trigger.SCHEDULE,
            State.FAILED,
            began,
            began.plusSeconds(9),
            new Counts(10, 8, 2, 0, 0, 3, 0, 0),
            "2 of 10 records were not delivered.",
            false,
            new Stamp(2, began, began, "ann", "ann", "cli"));
    try (SdkTracerProvider provider = kept.provider()) {
      new RunSpans(provider.get("test")).accept(run);
    }
    SpanData span = kept.spans.element();
    assertThat(span.getEndEpochNanos() - span.getStartEpochNanos()).isEqualTo(9_000_000_000L);
    assertThat(span.getStatus().getDescription()).startsWith("2 of 10");
    assertThat(span.getAttributes().asMap().toString())
        .contains("waybill.records.rejected=2", "waybill.run.id=r1");
  }

  @Test
  void addressThatIsNoneIsToldSo() {
    assertThat(Traces.of(Map.of())).isEmpty();
    assertThatThrownBy(() -> Traces.of(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "localhost:4318")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("http://localhost:4318");
  }

  /// Keeps spans in memory.
  private static final class Kept implements SpanExporter {
    private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

    SdkTracerProvider provider() {
      return SdkTracerProvider.builder().addSpanProcessor(SimpleSpanProcessor.create(this)).build();
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> more) {
      spans.addAll(more);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
