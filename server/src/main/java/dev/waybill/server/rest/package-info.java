/// The API under `/data/foundation/flowservice`, in the shapes of the API that it equals, and what
/// is told of the service itself (`/health`, `/metrics`, `/openapi.json`, `/docs`).
///
/// ```java
/// var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
/// RunMeters.bind(catalog, meters);
/// var api = new FlowServiceApi(catalog, works, access, secrets, connectors, rate, clock);
/// var areas = new ArrayList<Area>(ServiceArea.all(api, catalog, meters));
/// areas.add(api);
/// HttpServer server = HttpServer.start(settings, meters, areas);
/// ```
@NullMarked
package dev.waybill.server.rest;

import org.jspecify.annotations.NullMarked;
