package dev.waybill.server.work;

import dev.waybill.json.Json;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.server.work.WorkSettings.Sharing;
import dev.waybill.spi.Permits;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A workshop with everything that it needs, in one directory.
final class Bench implements AutoCloseable {

  static final Tenant TENANT = new Tenant("acme", "prod");

  private static final long PATIENCE_SECONDS = 60;

  final Path directory;
  final Store store;
  final Catalog catalog;
  final Ledger ledger;
  final Workshop works;

  private Bench(Path directory, int runsAtOnce) {
    this.directory = directory;
    this.store = Store.open(directory.resolve("service.db").toString());
    this.catalog = SqlCatalog.open(store);
    this.ledger = Ledgers.open(directory.resolve("ledger.db").toString(), Durability.PROCESS);
    var settings =
        new WorkSettings(
            directory,
            List.of(directory),
            runsAtOnce,
            Sharing.ALONE,
            (tenant, owner) -> Permits.everything());
    this.works = Workshop.open(catalog, ledger, settings, store.clock());
  }

  static Bench in(Path directory) {
    return in(directory, 4);
  }

  static Bench in(Path directory, int runsAtOnce) {
    return new Bench(directory, runsAtOnce);
  }

  /// An input of so many records `r1`, `r2` …
  Bench withInput(String file, int records) throws IOException {
    Files.writeString(
        directory.resolve(file),
        IntStream.rangeClosed(1, records)
            .mapToObj(i -> "r" + i + ",name of " + i + "\n")
            .collect(Collectors.joining("", "id,name\n", "")));
    return this;
  }

  Flow add(String file, URI server, Map<String, String> policy) {
    var now = store.clock().instant();
    var flow =
        new Flow(
            UUID.randomUUID().toString(),
            TENANT,
            "flow of " + file,
            null,
            job(file, server, policy),
            FlowOptions.USUAL,
            null,
            true,
            null,
            "{}",
            new Stamp(1, now, now, "ann", "ann", "test"));
    catalog.add(flow);
    return flow;
  }

  static String job(String file, URI server, Map<String, String> policy) {
    return text(file, server, Map.of("mapping", Map.of("key", "id"), "policy", policy));
  }

  /// The job of a keyed flow, in which a record that fails again and again is left out for some
  /// runs.
  static String keyedJob(String file, URI server) {
    return text(file, server, Map.of("sync", Map.of("key", "id", "retry", "backoff")));
  }

  private static String text(String file, URI server, Map<String, ?> parts) {
    var job = new HashMap<String, Object>(parts);
    job.put("source", Map.of("files", List.of(file)));
    job.put(
        "destination",
        Map.of(
            "to",
            server + "/records",
            "options",
            Map.of("results", "/results", "idempotent", "true")));
    return Json.text(job);
  }

  /// The flow with another job.
  Flow change(Flow flow, String job) {
    return change(flow, job, flow.options());
  }

  /// The flow, judged otherwise.
  Flow change(Flow flow, FlowOptions options) {
    return change(flow, flow.job(), options);
  }

  private Flow change(Flow flow, String job, FlowOptions options) {
    var changed =
        new Flow(
            flow.id(),
            flow.tenant(),
            flow.name(),
            flow.description(),
            job,
            options,
            flow.schedule(),
            flow.enabled(),
            flow.folderFile(),
            flow.document(),
            flow.stamp().next(flow.stamp().updatedAt(), "bob"));
    catalog.change(changed);
    return changed;
  }

  FlowRun start(Flow flow) {
    return works.start(flow, FlowRun.Trigger.HAND, "ann", "test");
  }

  /// Waits until a run is as wanted.
  FlowRun await(FlowRun run, Predicate<FlowRun> wanted) throws Exception {
    var found = new CompletableFuture<FlowRun>();
    catalog.onRunChange(
        changed -> {
          if (changed.id().equals(run.id()) && wanted.test(changed)) {
            found.complete(changed);
          }
        });
    catalog.run(TENANT, run.id()).filter(wanted).ifPresent(found::complete);
    return found.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  FlowRun end(FlowRun run) throws Exception {
    return await(run, one -> one.state().isOver());
  }

  @Override
  public void close() {
    works.close();
    ledger.close();
    store.close();
  }
}
