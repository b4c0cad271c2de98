package dev.waybill.server.catalog;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Flows, runs and calls as tests need them.
final class Things {

  static final Tenant TENANT = new Tenant("acme", "prod");

  static final Instant START = Instant.parse("2026-11-21T08:00:00Z");

  private Things() {}

  static Stamp stamp(Instant at) {
    return new Stamp(1, at, at, "ann", "ann", "key-1");
  }

  static Stamp changed(Stamp stamp) {
    return new Stamp(
        stamp.version() + 1,
        stamp.createdAt(),
        stamp.updatedAt().plusSeconds(1),
        stamp.createdBy(),
        "bob",
        stamp.createdClient());
  }

  static Flow flow(Tenant tenant, String name, @Nullable Schedule schedule) {
    return new Flow(
        UUID.randomUUID().toString(),
        tenant,
        name,
        null,
        "{}",
        FlowOptions.USUAL,
        schedule,
        true,
        null,
        "{}",
        stamp(START));
  }

  static Flow flow() {
    return flow(TENANT, "contacts", null);
  }

  static FlowRun run(Flow flow, Instant at, @Nullable FlowRun parent) {
    return new FlowRun(
        UUID.randomUUID().toString(),
        flow.tenant(),
        flow.id(),
        flow.stamp().version(),
        parent == null ? null : parent.id(),
        parent == null ? FlowRun.Trigger.HAND : FlowRun.Trigger.RETRIGGER,
        FlowRun.State.QUEUED,
        null,
        null,
        FlowRun.Counts.NONE,
        null,
        false,
        stamp(at));
  }

  static FlowRun run(Flow flow) {
    return run(flow, START, null);
  }

  static FlowRun over(FlowRun run, FlowRun.State state) {
    return new FlowRun(
        run.id(),
        run.tenant(),
        run.flowId(),
        run.flowVersion(),
        run.parent(),
        run.trigger(),
        state,
        run.startedAt(),
        START.plusSeconds(60),
        new FlowRun.Counts(10, 8, 1, 1, 0, 3, 500, 400),
        state == FlowRun.State.FAILED ? "2 of 10 records were not delivered" : null,
        run.cancelling(),
        run.stamp());
  }

  static CallRecord call(long number, long first, long last, boolean succeeds) {
    int items = (int) (last - first + 1);
    return new CallRecord(
        number,
        number,
        1,
        "send",
        START.plusMillis(number),
        Duration.ofMillis(12),
        first,
        last,
        items,
        succeeds ? "answered" : "refused",
        succeeds ? items : 0,
        0,
        0,
        succeeds ? null : "one of them is wrong",
        "POST /",
        null);
  }
}
