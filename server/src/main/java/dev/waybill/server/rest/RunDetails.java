package dev.waybill.server.rest;

import dev.waybill.Disposition;
import dev.waybill.ledger.ItemRecord;
import dev.waybill.run.ReasonDigest;
import dev.waybill.server.catalog.CallRecord;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.Catalog.CallFilter;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.catalog.Page;
import dev.waybill.server.catalog.Sample;
import dev.waybill.server.work.Works;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What there is to know of a run beyond its metrics: records, reasons, calls, samples, lineage,
/// files, progress.
final class RunDetails {

  /// As many calls as a batch of ten thousand needs to be parted down to single items.
  private static final int MOST_CALLS = 1_000;

  private final Catalog catalog;
  private final Works works;

  RunDetails(Catalog catalog, Works works) {
    this.catalog = catalog;
    this.works = works;
  }

  List<Route> routes() {
    String run = "/runs/{id}";
    return List.of(
        Route.get(
            "listRunRecords",
            run + "/records",
            this::records,
            "disposition",
            "code",
            "reason",
            "rows",
            "limit",
            "continuationToken"),
        Route.get("listRunReasons", run + "/reasons", this::reasons),
        Route.get(
            "listRunCalls",
            run + "/calls",
            this::calls,
            "failed",
            "first",
            "last",
            "limit",
            "continuationToken"),
        Route.get("listRunSamples", run + "/samples", this::samples),
        Route.get("retrieveRunLineage", run + "/lineage", this::lineage),
        Route.get("downloadRunArtifact", run + "/artifacts/{file}", this::artifact),
        Route.get("watchRun", run + "/events", this::events));
  }

  private Answer records(Call call) {
    FlowRun run = Runs.find(works, call);
    Set<Disposition> dispositions = dispositions(call);
    @Nullable String code = call.query("code").orElse(null);
    @Nullable String text = call.query("reason").orElse(null);
    int limit = Listing.limit(call);
    Page<ItemRecord> page =
        works.records(
            run, dispositions, code, text, limit, call.query("continuationToken").orElse(null));
    Map<Long, Works.Row> rows =
        call.flag("rows")
            ? works.rows(run, page.items().stream().map(ItemRecord::ordinal).toList()).stream()
                .collect(Collectors.toMap(Works.Row::ordinal, row -> row, (one, other) -> one))
            : Map.of();
    return Listing.plain(
        page.map(item -> record(item, rows.get(item.ordinal()))),
        "/runs/" + run.id() + "/records",
        parameters(call, "disposition", "code", "reason", "rows", "limit"));
  }

  private static Set<Disposition> dispositions(Call call) {
    var all = EnumSet.of(Disposition.REJECTED, Disposition.UNKNOWN, Disposition.UNPROCESSED);
    var chosen = EnumSet.noneOf(Disposition.class);
    for (String parameter : call.queryAll("disposition")) {
      for (String word : parameter.split(",", -1)) {
        chosen.add(
            all.stream()
                .filter(each -> each.name().equalsIgnoreCase(word.strip()))
                .findFirst()
                .orElseThrow(
                    () ->
                        ApiProblem.badValue(
                            word, "disposition", "rejected, unknown or unprocessed")));
      }
    }
    return chosen.isEmpty() ? all : chosen;
  }

  /// What a link to the next page has to say again.
  private static String parameters(Call call, String... names) {
    var text = new StringBuilder();
    for (String name : names) {
      for (String value : call.queryAll(name)) {
        text.append('&')
            .append(name)
            .append('=')
            .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private static JsonObject record(ItemRecord item, Works.@Nullable Row row) {
    JsonObject record =
        JsonObject.empty()
            .put("ordinal", item.ordinal())
            .put("key", item.key())
            .put("disposition", item.disposition().name().toLowerCase(Locale.ROOT))
            .put(
                "reason",
                JsonObject.empty()
                    .put("code", item.reason().code())
                    .put("message", item.reason().message()))
            .put("attempts", (long) item.attempts())
            .put("batch", item.batch())
            .put("settledAtUTC", item.settledAt().toEpochMilli());
    ItemRecord.Place place = item.place();
    if (place != null) {
      record.put("place", JsonObject.empty().put("file", place.file()).put("line", place.line()));
    }
    if (row != null) {
      var values = JsonObject.empty();
      for (int i = 0; i < Math.min(row.columns().size(), row.values().size()); i++) {
        values.put(row.columns().get(i), row.values().get(i));
      }
      record.put("row", values);
    }
    return record;
  }

  private Answer reasons(Call call) {
    FlowRun run = Runs.find(works, call);
    return Answer.ok(
        JsonObject.empty()
            .put("items", works.reasons(run).stream().map(RunDetails::reason).toList()));
  }

  private static Object reason(ReasonDigest.Group group) {
    return JsonObject.empty()
        .put("disposition", RunForm.disposition(group))
        .put("code", group.code())
        .put("pattern", group.pattern())
        .put("count", group.count())
        .put("examples", examples(group.examples()))
        .members();
  }

  static List<?> examples(List<ReasonDigest.Example> examples) {
    return examples.stream()
        .map(
            example ->
                JsonObject.empty()
                    .put("ordinal", example.ordinal())
                    .put("line", example.line())
                    .put("key", example.key())
                    .put("message", example.message())
                    .members())
        .toList();
  }

  private Answer calls(Call call) {
    FlowRun run = Runs.find(works, call);
    var first = call.number("first");
    var last = call.number("last");
    if (first.isPresent() != last.isPresent()) {
      throw ApiProblem.invalid("'first' and 'last' are given together: the ordinals of a batch.");
    }
    if (first.isPresent()) {
      return Answer.ok(
          JsonObject.empty()
              .put(
                  "items",
                  catalog.callsOver(run, first.get(), last.orElseThrow(), MOST_CALLS).stream()
                      .map(RunDetails::call)
                      .map(JsonObject::members)
                      .toList()));
    }
    String after = call.query("continuationToken").orElse(null);
    if (after != null && !after.matches("[0-9]{1,18}")) {
      throw ApiProblem.badValue(
          after, "continuationToken", "what stands in _links.next.href of the page before");
    }
    Page<CallRecord> page =
        catalog.calls(
            run,
            call.flag("failed") ? CallFilter.FAILED : CallFilter.ALL,
            Listing.limit(call),
            after);
    return Listing.plain(
        page.map(RunDetails::call),
        "/runs/" + run.id() + "/calls",
        parameters(call, "failed", "limit"));
  }

  private static JsonObject call(CallRecord call) {
    return JsonObject.empty()
        .put("number", call.number())
        .put("batch", call.batch())
        .put("attempt", (long) call.attempt())
        .put("kind", call.kind())
        .put("startedAtUTC", call.beganAt().toEpochMilli())
        .put("durationMs", call.took().toMillis())
        .put("first", call.first())
        .put("last", call.last())
        .put("items", (long) call.items())
        .put("outcome", call.outcome())
        .put("succeeded", call.succeeded())
        .put("accepted", (long) call.accepted())
        .put("rejected", (long) call.rejected())
        .put("deferred", (long) call.deferred())
        .put("reason", call.reason())
        .put("request", call.request())
        .put("answer", call.answer());
  }

  private Answer samples(Call call) {
    FlowRun run = Runs.find(works, call);
    return Answer.ok(
        JsonObject.empty()
            .put("items", catalog.samples(run).stream().map(RunDetails::sample).toList()));
  }

  private static Object sample(Sample sample) {
    return JsonObject.empty()
        .put("atMs", sample.at().toMillis())
        .put("delivered", sample.delivered())
        .put("rejected", sample.rejected())
        .put("unknown", sample.unknown())
        .put("unprocessed", sample.unprocessed())
        .put("calls", sample.calls())
        .put("throttledMs", sample.throttled().toMillis())
        .put("inFlight", (long) sample.inFlight())
        .members();
  }

  /// The whole family, the first run first: each names its parent.
  private Answer lineage(Call call) {
    FlowRun run = Runs.find(works, call);
    FlowRun root = run;
    for (String parent = root.parent(); parent != null; parent = root.parent()) {
      FlowRun above = catalog.run(call.tenant(), parent).orElse(null);
      if (above == null) {
        break;
      }
      root = above;
    }
    var family = new ArrayList<FlowRun>();
    family.add(root);
    for (int i = 0; i < family.size() && family.size() < MOST_CALLS; i++) {
      family.addAll(catalog.retries(family.get(i)));
    }
    var form = new RunForm(catalog, works);
    return Answer.ok(
        JsonObject.empty()
            .put(
                "items",
                family.stream()
                    .sorted(Comparator.comparing(each -> each.stamp().createdAt()))
                    .map(each -> form.of(call.sandbox(), each).members())
                    .toList()));
  }

  private Answer artifact(Call call) {
    FlowRun run = Runs.find(works, call);
    String name = call.path("file");
    for (Works.Artifact kind : Works.Artifact.values()) {
      String word = kind.name().toLowerCase(Locale.ROOT);
      if (name.equals(word) || name.startsWith(word + ".")) {
        Path file =
            works
                .artifact(run, kind)
                .orElseThrow(() -> ApiProblem.notFound("artifacts", run.id() + "/" + name));
        return new Answer.Download(file, word + "-" + run.id() + extension(file), type(file));
      }
    }
    throw ApiProblem.notFound("artifacts", run.id() + "/" + name);
  }

  private static String extension(Path file) {
    String name = String.valueOf(file.getFileName());
    int dot = name.indexOf('.');
    return dot < 0 ? "" : name.substring(dot);
  }

  private static String type(Path file) {
    String name = file.toString();
    return name.endsWith(".csv")
        ? "text/csv; charset=utf-8"
        : name.endsWith("jsonl") ? "application/x-ndjson" : "application/octet-stream";
  }

  private Answer events(Call call) {
    FlowRun run = Runs.find(works, call);
    var form = new RunForm(catalog, works);
    return new Answer.Events(
        new RunEvents(
            () -> works.look(call.tenant(), run.id()).map(now -> form.of(call.sandbox(), now))));
  }
}
