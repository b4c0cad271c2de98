package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Catalog;
import dev.waybill.server.catalog.FlowRun;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.CallsView;
import dev.waybill.server.page.view.RunView;
import dev.waybill.server.page.view.RunViews;
import dev.waybill.server.page.view.Shell.Section;
import dev.waybill.server.page.view.Wording;
import dev.waybill.server.work.Works;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/// A run: how it goes, why records did not arrive, its calls, its files, and what can be done.
final class RunPages {

  private final Desk desk;
  private final RunViews views;

  RunPages(Desk desk) {
    this.desk = desk;
    views = new RunViews(desk.parts().catalog(), desk.parts().works(), desk.parts().clock());
  }

  void routes(HttpRules rules) {
    rules.get("/runs", desk.page(this::list));
    rules.get("/runs/{id}", desk.page(this::run));
    rules.get("/runs/{id}/reasons/{number}", desk.page(this::examples));
    rules.get("/runs/{id}/records", desk.page(this::records));
    rules.get("/runs/{id}/calls", desk.page(this::calls));
    rules.get("/runs/{id}/calls/{number}", desk.page(this::call));
    rules.get("/runs/{id}/files/{file}", desk.page(this::file));
    rules.post("/runs/{id}/retry", desk.form((visit, form) -> retry(visit)));
    rules.post("/runs/{id}/cancel", desk.form((visit, form) -> cancel(visit)));
  }

  private void list(Visit visit) {
    String wanted = visit.query("state");
    String state =
        switch (wanted) {
          case "success", "failed", "running", "queued" -> wanted;
          default -> "";
        };
    visit.show(
        visit.wantsPart() ? "parts/runs" : "runs",
        "Runs",
        Section.RUNS,
        views.runs(visit.tenant(), state, visit.maybe("after")));
  }

  private FlowRun find(Visit visit) {
    String id = visit.path("id");
    Catalog catalog = desk.parts().catalog();
    Optional<FlowRun> here = catalog.run(visit.tenant(), id);
    return here.or(() -> Elsewhere.find(visit, tenant -> catalog.run(tenant, id), FlowRun::tenant))
        .orElseThrow(RunPages::noSuchRun);
  }

  private static HttpProblem noSuchRun() {
    return HttpProblem.notFound("There is no such run in the sandboxes that you can reach.");
  }

  private void run(Visit visit) {
    FlowRun run = find(visit);
    visit.show(visit.wantsPart() ? "parts/run" : "run", title(run), Section.RUNS, view(visit, run));
  }

  private RunView view(Visit visit, FlowRun run) {
    return views.run(visit.tenant(), run.id()).orElseThrow(RunPages::noSuchRun);
  }

  private static String title(FlowRun run) {
    return "Run " + Wording.shortened(run.id());
  }

  private void examples(Visit visit) {
    FlowRun run = find(visit);
    visit.show(
        "parts/examples",
        title(run),
        Section.RUNS,
        views.examples(run, (int) number(visit.path("number"))));
  }

  private void records(Visit visit) {
    FlowRun run = find(visit);
    visit.show(
        "records",
        "Records of run " + Wording.shortened(run.id()),
        Section.RUNS,
        views.records(
            run,
            visit.query("disposition"),
            visit.query("code"),
            visit.query("text"),
            visit.maybe("after")));
  }

  private void calls(Visit visit) {
    FlowRun run = find(visit);
    CallsView view =
        views.calls(
            run,
            visit.query("failed").isEmpty() ? Catalog.CallFilter.ALL : Catalog.CallFilter.FAILED,
            visit.maybe("after"));
    visit.show("calls", "Calls of run " + Wording.shortened(run.id()), Section.RUNS, view);
  }

  private void call(Visit visit) {
    FlowRun run = find(visit);
    long number = number(visit.path("number"));
    visit.show(
        "call",
        "Call " + number,
        Section.RUNS,
        views
            .call(run, number)
            .orElseThrow(
                () ->
                    HttpProblem.notFound(
                        "This run made no call "
                            + number
                            + ", or it is no longer kept: the latest 200 and the latest 1,000 failed"
                            + " ones are.")));
  }

  private static long number(String text) {
    return text.matches("[0-9]{1,9}") ? Long.parseLong(text) : -1;
  }

  private void file(Visit visit) {
    FlowRun run = find(visit);
    Works.Artifact kind =
        switch (visit.path("file")) {
          case "success.csv" -> Works.Artifact.SUCCESS;
          case "fail.csv" -> Works.Artifact.FAIL;
          case "retry.csv" -> Works.Artifact.RETRY;
          default -> throw HttpProblem.notFound("A run has no such file.");
        };
    String name = kind.name().toLowerCase(Locale.ROOT);
    Path path =
        desk.parts()
            .works()
            .artifact(run, kind)
            .orElseThrow(
                () -> HttpProblem.notFound("This run left no " + name + " file, or not yet."));
    visit
        .response()
        .headers()
        .set(HeaderNames.CONTENT_TYPE, "text/csv; charset=utf-8")
        .set(
            HeaderNames.CONTENT_DISPOSITION,
            "attachment; filename=\"" + name + "-" + Wording.shortened(run.id()) + ".csv\"");
    Downloads.send(path, visit.response());
  }

  private void retry(Visit visit) {
    visit.require(Role.OPERATOR);
    FlowRun run = find(visit);
    try {
      FlowRun retry =
          desk.parts().works().retrigger(run, visit.caller().name(), visit.caller().client());
      visit.record("run.retrigger", run.id(), "done");
      visit.go("/runs/" + retry.id(), Done.RETRIED);
    } catch (UserException e) {
      refused(visit, run, "run.retrigger", e);
    }
  }

  private void cancel(Visit visit) {
    visit.require(Role.OPERATOR);
    FlowRun run = find(visit);
    try {
      desk.parts().works().cancel(run);
      visit.record("run.cancel", run.id(), "done");
      visit.go("/runs/" + run.id(), Done.CANCELLED);
    } catch (UserException e) {
      refused(visit, run, "run.cancel", e);
    }
  }

  private void refused(Visit visit, FlowRun run, String action, UserException why) {
    visit.record(action, run.id(), String.valueOf(why.getMessage()));
    visit.showRefused("run", title(run), Section.RUNS, view(visit, run), why);
  }
}
