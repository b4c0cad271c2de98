package dev.waybill.server.trace;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Catalog;
import io.helidon.webserver.http.Filter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Sends a span for each request and for each run to a collector, by OTLP over HTTP. What can not
/// be sent is lost, and holds nothing up.
public final class Traces implements AutoCloseable {

  /// How long what is gathered may take to be sent at the end.
  private static final long PATIENCE_SECONDS = 5;

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  private Traces(SdkTracerProvider provider) {
    this.provider = provider;
    this.tracer = provider.get("dev.waybill");
  }

  /// To the collector that the environment names, by the variables that OpenTelemetry has for it
  /// (specification "OpenTelemetry Protocol Exporter"): `OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`, or
  /// `OTEL_EXPORTER_OTLP_ENDPOINT` without `/v1/traces`; and `OTEL_EXPORTER_OTLP_HEADERS`.
  ///
  /// @return empty if it names none
  /// @throws UserException if it is no HTTP address
  public static Optional<Traces> of(Map<String, String> environment) {
    String whole = environment.getOrDefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "");
    String base = environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
    if (whole.isBlank() && base.isBlank()) {
      return Optional.empty();
    }
    String address = whole.isBlank() ? base.replaceAll("/+$", "") + "/v1/traces" : whole;
    return Optional.of(
        to(address, headers(environment.getOrDefault("OTEL_EXPORTER_OTLP_HEADERS", ""))));
  }

  /// `api-key=…,tenant=…`.
  private static Map<String, String> headers(String list) {
    var headers = new HashMap<String, String>();
    for (String header : list.split(",", -1)) {
      int equals = header.indexOf('=');
      if (equals > 0) {
        headers.put(header.substring(0, equals).strip(), header.substring(equals + 1).strip());
      }
    }
    return headers;
  }

  private static Traces to(String address, Map<String, String> headers) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder().setEndpoint(checked(address));
    headers.forEach(exporter::addHeader);
    Resource resource = Resource.getDefault().toBuilder().put("service.name", "waybill").build();
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(resource)
            .addSpanProcessor(BatchSpanProcessor.builder(exporter.build()).build())
            .build());
  }

  private static String checked(String address) {
    try {
      URI uri = URI.create(address);
      if (uri.getHost() != null && String.valueOf(uri.getScheme()).matches("https?")) {
        return address;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UserException(
        "OTEL_EXPORTER_OTLP_ENDPOINT takes the address of a collector, as in http://localhost:4318,"
            + " not '"
            + address
            + "'.");
  }

  /// What makes a span of each request, as a part of the caller's trace if it has one.
  public Filter requests() {
    return new RequestSpans(tracer);
  }

  /// Makes a span of each run that ends in this process.
  public void watch(Catalog catalog) {
    catalog.onRunChange(new RunSpans(tracer));
  }

  /// Sends what is gathered.
  @Override
  public void close() {
    provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
