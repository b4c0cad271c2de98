package dev.waybill.server.page;

import dev.waybill.Disposition;
import dev.waybill.Reason;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.ledger.ReasonHistory;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.FlowRun.Counts;
import dev.waybill.server.catalog.FlowRun.State;
import dev.waybill.server.catalog.FlowRun.Trigger;
import dev.waybill.server.catalog.Query;
import dev.waybill.server.catalog.Sample;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.catalog.SqlCatalog;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.store.Store;
import dev.waybill.server.work.FlowReason;
import dev.waybill.server.work.Works;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A service as it may look on some day: flows that go well and badly, a run that failed and one
/// that is under way.
final class Example implements AutoCloseable {

  static final Tenant PROD = new Tenant("acme", "prod");
  static final Tenant STAGING = new Tenant("acme", "staging");
  static final String FAILED = "7c1e5a90-3f4b-4a6e-9d0e-1f6a2b3c4d5e";
  static final String LIVE = "b8d03c77-52aa-4e4f-8a0a-9c5d6e7f8091";

  final Catalog catalog;
  final MemoryWorks works;
  final AccessRoom access;
  final Instant now;
  private final Store store;
  private final Random random = new Random(7);

  /// @param folder an empty one, for the database
  Example(Path folder, Instant now) {
    this.now = now;
    store = Store.open(folder.resolve("service.db").toString());
    catalog = SqlCatalog.open(store);
    access =
        AccessRoom.open(store, folder, Map.of(), AccessRoom.Settings.USUAL, InstantSource.system());
    works = new MemoryWorks(catalog);
    catalog.sandbox(PROD);
    catalog.sandbox(STAGING);
    Flow contacts =
        flow(
            "contacts",
            "Contacts to the CRM",
            "New and changed contacts of the shop, every hour.",
            "/data/contacts.csv",
            "https://crm.example.com/api/contacts/batch",
            new Schedule.Every(now.plusSeconds(1_460), Duration.ofHours(1)),
            true);
    Flow orders =
        flow(
            "orders",
            "Orders to the warehouse",
            null,
            "/data/orders-*.jsonl",
            "postgresql://loader:hush@db.example.com/warehouse",
            new Schedule.Cron("0 6 * * 1-5", ZoneId.of("Europe/Rome")),
            true);
    Flow identities =
        flow(
            "identities",
            "Identities",
            "The great migration.",
            "/data/users.csv",
            "akamai:https://my-app.us-dev.janraincapture.com",
            null,
            true);
    flow("events", "Events to Kinesis", null, "/data/e.jsonl", "kinesis:clicks", null, false);
    for (int i = 19; i > 0; i--) {
      long read = 9_000L + random.nextInt(4_000);
      State state = i % 7 == 3 ? State.FAILED : State.SUCCESS;
      long rejected = i % 7 == 3 ? 640 : i % 5 == 0 ? 12 : 0;
      run(contacts, null, Trigger.SCHEDULE, state, Duration.ofHours(i), read, rejected);
    }
    failed(contacts);
    for (int i = 6; i > 0; i--) {
      run(
          orders,
          null,
          Trigger.SCHEDULE,
          State.SUCCESS,
          Duration.ofDays(i),
          120_000L + i * 9_000L,
          0);
    }
    live(identities);
    FlowRun first =
        run(identities, null, Trigger.HAND, State.FAILED, Duration.ofHours(3), 420_000, 31_000);
    run(identities, first.id(), Trigger.RETRIGGER, State.FAILED, Duration.ofHours(2), 31_000, 900);
  }

  private static String job(String file, String to) {
    return """
        {"source":{"files":["%s"]},
        "destination":{"to":"%s","options":{"auth":"bearer","token":"secret:crm-token"}},
        "mapping":{"key":"email",
        "fields":{"email":{"required":true},"born":{"from":"birthday","type":"date"}}},
        "policy":{"batch-size":"200","concurrency":"4","fail-after":"5%%"}}"""
        .formatted(file, to);
  }

  private Flow flow(
      String id,
      String name,
      @Nullable String description,
      String file,
      String to,
      @Nullable Schedule schedule,
      boolean enabled) {
    var flow =
        new Flow(
            id,
            PROD,
            name,
            description,
            job(file, to),
            new FlowOptions(true, id.equals("contacts") ? 1 : 0, false),
            schedule,
            enabled,
            null,
            "{}",
            new Stamp(
                3,
                now.minus(Duration.ofDays(40)),
                now.minus(Duration.ofDays(2)),
                "Ann",
                "Ann",
                "page"));
    catalog.add(flow);
    return flow;
  }

  private FlowRun run(
      Flow flow,
      @Nullable String parent,
      Trigger trigger,
      State state,
      Duration ago,
      long read,
      long rejected) {
    Instant began = now.minus(ago);
    String id = String.format(Locale.ROOT, "%016x-%s", random.nextLong(), flow.id());
    return add(
        new FlowRun(
            id,
            flow.tenant(),
            flow.id(),
            3,
            parent,
            trigger,
            state,
            began,
            began.plusSeconds(40 + random.nextInt(90)),
            new Counts(read, read - rejected, rejected, 0, 0, read / 200 + 1, read * 180, 0),
            state == State.FAILED ? "More than 1 % of the records were not delivered." : null,
            false,
            new Stamp(2, began, began, "Ann", "Ann", "page")));
  }

  private FlowRun add(FlowRun run) {
    return run.parent() == null ? catalog.enqueue(run) : catalog.enqueueRetry(run, 1);
  }

  /// A token of somebody with this role.
  String token(Role role) {
    String name = role == Role.ADMIN ? "Ann" : role == Role.OPERATOR ? "Ben" : "Eve";
    return access
        .tokens()
        .issue(new Grant(name, PROD.organisation(), Set.of(), role, null), "setup")
        .text();
  }

  @Override
  public void close() {
    store.close();
  }

  private void failed(Flow flow) {
    Instant began = now.minus(Duration.ofMinutes(12));
    FlowRun parent = catalog.runs(PROD, Query.newest(1)).items().getFirst();
    var run =
        new FlowRun(
            FAILED,
            PROD,
            flow.id(),
            3,
            parent.id(),
            Trigger.RETRIGGER,
            State.FAILED,
            began,
            began.plusSeconds(96),
            new Counts(20_000, 18_412, 1_204, 84, 300, 173, 3_640_000, 0),
            "Given up: more than 5 % of the records were rejected.",
            false,
            new Stamp(4, began, began, "Ann", "Ann", "page"));
    add(run);
    samples(run, 96, 18_412, 1_588, 30, 44);
    calls(run, began);
    works.reasons.put(FAILED, groups());
    works.flowReasons.put(run.flowId(), flowReasons(began));
    works.records.put(FAILED, records(began));
    for (long line = 1; line <= 2_000; line++) {
      works.rows.put(line, row(line));
    }
  }

  private static List<FlowReason> flowReasons(Instant began) {
    ReasonDigest.Group group = groups().getFirst();
    var first =
        new ReasonHistory(
            group.disposition(),
            group.code(),
            group.pattern(),
            3_204,
            began.minus(Duration.ofDays(9)),
            began,
            FAILED,
            group.examples());
    var past =
        new ReasonHistory(
            Disposition.UNKNOWN,
            null,
            "the destination did not answer within … s",
            40,
            began.minus(Duration.ofDays(12)),
            began.minus(Duration.ofDays(11)),
            null,
            List.of());
    return List.of(new FlowReason(first, group.count()), new FlowReason(past, 0));
  }

  private void live(Flow flow) {
    Instant began = now.minus(Duration.ofSeconds(41));
    var run =
        new FlowRun(
            LIVE,
            PROD,
            flow.id(),
            3,
            null,
            Trigger.HAND,
            State.RUNNING,
            began,
            null,
            new Counts(86_400, 81_200, 41, 0, 0, 812, 15_600_000, 0),
            null,
            false,
            new Stamp(4, began, began, "Ben", "Ben", "page"));
    add(run);
    samples(run, 41, 81_200, 41, 12, 15);
    works.reasons.put(LIVE, groups().subList(0, 1));
  }

  private void samples(FlowRun run, int seconds, long delivered, long lost, int from, int to) {
    double throttled = 0;
    double done = 0;
    double whole = seconds - (to - from) * 0.85;
    for (int second = 1; second <= seconds; second++) {
      boolean slow = second > from && second <= to;
      done += (slow ? 0.15 : 1) * (0.8 + random.nextDouble() * 0.4) / whole;
      throttled += slow ? 0.8 : 0;
      double share = Math.min(1, second == seconds ? 1 : done);
      catalog.add(
          run,
          new Sample(
              Duration.ofSeconds(second),
              Math.round(delivered * share),
              Math.round(lost * share * share),
              0,
              0,
              Math.round(173 * share),
              Duration.ofMillis(Math.round(throttled * 1_000)),
              4));
    }
  }

  private static List<ReasonDigest.Group> groups() {
    return List.of(
        new ReasonDigest.Group(
            Disposition.REJECTED,
            "invalid_value",
            "email … is not acceptable",
            1_012,
            List.of(
                example(
                    88, "bo.li@invalid.example", "email 'bo.li@invalid.example' is not acceptable"),
                example(
                    131,
                    "jean@invalid.example",
                    "email 'jean@invalid.example' is not acceptable"))),
        new ReasonDigest.Group(
            Disposition.UNPROCESSED,
            null,
            "the run was given up before it was sent",
            300,
            List.of(example(1_701, "zoe@example.com", "the run was given up before it was sent"))),
        new ReasonDigest.Group(
            Disposition.REJECTED,
            null,
            "born: … is not a date of the form MM/dd/yyyy",
            192,
            List.of(
                example(
                    412,
                    "<script>alert(1)</script>",
                    "born: '31/12/1999' is not a date of the form MM/dd/yyyy"))),
        new ReasonDigest.Group(
            Disposition.UNKNOWN,
            null,
            "no answer came within … s",
            84,
            List.of(example(912, "kim@example.com", "no answer came within 10 s"))));
  }

  private static ReasonDigest.Example example(long line, String key, String message) {
    return new ReasonDigest.Example(line, line + 1, key, message);
  }

  private static List<ItemRecord> records(Instant began) {
    var records = new ArrayList<ItemRecord>();
    for (long i = 1; i <= 1_588; i++) {
      Disposition disposition =
          i % 19 == 0
              ? Disposition.UNKNOWN
              : i % 5 == 0 ? Disposition.UNPROCESSED : Disposition.REJECTED;
      Reason reason =
          switch (disposition) {
            case UNKNOWN -> Reason.of("no answer came within 10 s");
            case UNPROCESSED -> Reason.of("the run was given up before it was sent");
            default ->
                Reason.of("invalid_value", "email 'p" + i + "@invalid.example' is not acceptable");
          };
      records.add(
          new ItemRecord(
              i,
              "p" + i + "@invalid.example",
              disposition,
              reason,
              disposition == Disposition.UNPROCESSED ? 0 : 1,
              i / 200,
              new ItemRecord.Place("/data/contacts.csv", i + 1, i * 180, 180),
              began.plusSeconds(i / 20),
              null));
    }
    return records;
  }

  private static Works.Row row(long line) {
    String email =
        line == 88
            ? "bo.li@invalid.example"
            : line == 131 ? "jean@invalid.example" : "p" + line + "@invalid.example";
    return new Works.Row(
        line,
        List.of("email", "first_name", "last_name", "phone", "city", "country", "birthday"),
        List.of(email, "Bo", "Li", "+39 823 186171", "Rome", "IT", "31/12/1999"));
  }

  private void calls(FlowRun run, Instant began) {
    var calls = new ArrayList<CallRecord>();
    split(calls, began, 1_401, 1_500, List.of(1_418L, 1_463L));
    for (int i = 0; i < 12; i++) {
      boolean odd = i == 5;
      calls.add(
          call(
              calls.size() + 1,
              began.plusSeconds(60 + i),
              1_600 + i * 200L,
              1_799 + i * 200L,
              odd ? "throttled" : "answered",
              odd ? 0 : 200 - (i % 4 == 0 ? 3 : 0),
              i % 4 == 0 && !odd ? 3 : 0,
              odd ? "too many requests" : null));
    }
    catalog.add(run, calls);
  }

  private static void split(
      List<CallRecord> calls, Instant at, long first, long last, List<Long> bad) {
    boolean refused = bad.stream().anyMatch(each -> each >= first && each <= last);
    calls.add(
        call(
            calls.size() + 1,
            at.plusMillis(calls.size() * 120L),
            first,
            last,
            refused ? "refused" : "answered",
            refused ? 0 : (int) (last - first + 1),
            0,
            refused ? "the batch holds an email that is not acceptable" : null));
    if (refused && first < last) {
      long middle = (first + last) / 2;
      split(calls, at, first, middle, bad);
      split(calls, at, middle + 1, last, bad);
    }
  }

  private static CallRecord call(
      long number,
      Instant at,
      long first,
      long last,
      String outcome,
      int accepted,
      int rejected,
      @Nullable String reason) {
    return new CallRecord(
        number,
        number,
        1,
        "send",
        at,
        Duration.ofMillis(80 + number * 7),
        first,
        last,
        (int) (last - first + 1),
        outcome,
        accepted,
        rejected,
        0,
        reason,
        "POST /api/contacts/batch HTTP/1.1\nAuthorization: Bearer ****\nContent-Type:"
            + " application/json\n\n[{\"email\":\"p1418@invalid.example\",\"born\":\"1999-12-31\"},"
            + "{\"email\":\"<script>alert(1)</script>\"}, …",
        "HTTP/1.1 422 Unprocessable Content\nContent-Type:"
            + " application/json\n\n{\"error\":{\"code\":\"invalid_value\",\"message\":\"the batch holds"
            + " an email that is not acceptable\"}}");
  }
}
