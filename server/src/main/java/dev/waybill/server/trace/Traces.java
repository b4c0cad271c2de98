package dev.waybill.server.trace;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Catalog;
import io.helidon.webserver.http.Filter;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import java.net.URI;
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

  /// To the collector at an address.
  ///
  /// @param collector `http://localhost:4318`; the path `/v1/traces` is added if there is none
  /// @throws UserException if it is no HTTP address
  public static Traces to(String collector) {
    var exporter = OtlpHttpSpanExporter.builder().setEndpoint(endpoint(collector)).build();
    Resource resource = Resource.getDefault().toBuilder().put("service.name", "waybill").build();
    return new Traces(
        SdkTracerProvider.builder()
            .setResource(resource)
            .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
            .build());
  }

  private static String endpoint(String collector) {
    try {
      URI address = URI.create(collector);
      if (address.getHost() != null && String.valueOf(address.getScheme()).matches("https?")) {
        String path = address.getPath();
        return path.isEmpty() || path.equals("/")
            ? address.resolve("/v1/traces").toString()
            : address.toString();
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new UserException(
        "Traces are sent to the address of a collector, as in http://localhost:4318, not '"
            + collector
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
