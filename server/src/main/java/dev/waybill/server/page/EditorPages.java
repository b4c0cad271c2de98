package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.json.Json;
import dev.waybill.server.access.Role;
import dev.waybill.server.catalog.Flow;
import dev.waybill.server.catalog.StaleException;
import dev.waybill.server.catalog.Stamp;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.Draft;
import dev.waybill.server.page.view.DraftJob;
import dev.waybill.server.page.view.EditorView;
import dev.waybill.server.page.view.EditorViews;
import dev.waybill.server.page.view.Shell.Section;
import dev.waybill.server.work.Works;
import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.HttpRules;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Makes and changes flows: the form is sent whole, and comes back with what is wrong in it.
final class EditorPages {

  private final Desk desk;
  private final EditorViews views;

  EditorPages(Desk desk) {
    this.desk = desk;
    views = new EditorViews(desk.parts().connectors());
  }

  void routes(HttpRules rules) {
    rules.get("/flows/new", desk.page(this::empty));
    rules.post("/flows/new/write", desk.form((visit, form) -> write(visit, form, null)));
    rules.post("/flows/new/check", desk.form((visit, form) -> check(visit, form, null)));
    rules.post("/flows/new/save", desk.form((visit, form) -> save(visit, form, null)));
    rules.get("/flows/{id}/edit", desk.page(this::existing));
    rules.post(
        "/flows/{id}/edit/write", desk.form((visit, form) -> write(visit, form, find(visit))));
    rules.post(
        "/flows/{id}/edit/check", desk.form((visit, form) -> check(visit, form, find(visit))));
    rules.post("/flows/{id}/edit/save", desk.form((visit, form) -> save(visit, form, find(visit))));
  }

  private Flow find(Visit visit) {
    Flow flow =
        desk.parts()
            .catalog()
            .flow(visit.tenant(), visit.path("id"))
            .orElseThrow(FlowPages::noSuchFlow);
    if (flow.folderFile() != null) {
      throw HttpProblem.forbidden(
          "This flow comes from the file "
              + flow.folderFile()
              + " of the flows' folder; change it there.");
    }
    return flow;
  }

  private void empty(Visit visit) {
    visit.require(Role.ADMIN);
    show(visit, views.of(null, 0, Draft.EMPTY, null, null));
  }

  private void existing(Visit visit) {
    visit.require(Role.ADMIN);
    Flow flow = find(visit);
    show(visit, views.of(flow.id(), flow.stamp().version(), Draft.of(flow), null, null));
  }

  private static void show(Visit visit, EditorView view) {
    visit.show(
        visit.wantsPart() ? "parts/editor" : "editor",
        view.id() == null ? "New flow" : "Change " + view.draft().name(),
        Section.FLOWS,
        view);
  }

  /// The same form again: other options are to be shown, or it is to be written the other way.
  private void write(Visit visit, Parameters form, @Nullable Flow flow) {
    visit.require(Role.ADMIN);
    Draft draft = DraftForm.read(form);
    EditorView.Trouble trouble = null;
    boolean toText = form.first("as").orElse("").equals("text");
    boolean toFields = form.first("as").orElse("").equals("fields");
    if (toText && !draft.asText()) {
      draft = draft.withText(new DraftJob(draft, desk.parts().connectors()).text()).written(true);
    } else if (toFields && draft.asText()) {
      var job = new DraftJob(draft, desk.parts().connectors());
      try {
        draft =
            draft.job().isBlank()
                ? draft.written(false)
                : draft.withJob(JobFile.parse("job", draft.job()).job()).written(false);
      } catch (UserException e) {
        trouble = job.trouble(e);
      }
    }
    show(visit, view(form, flow, draft, trouble, null));
  }

  private EditorView view(
      Parameters form,
      @Nullable Flow flow,
      Draft draft,
      EditorView.@Nullable Trouble trouble,
      EditorView.@Nullable Check check) {
    return views.of(flow == null ? null : flow.id(), version(form), draft, trouble, check);
  }

  private static long version(Parameters form) {
    String version = form.first("version").orElse("0");
    return version.matches("[0-9]{1,18}") ? Long.parseLong(version) : 0;
  }

  private void check(Visit visit, Parameters form, @Nullable Flow flow) {
    visit.require(Role.ADMIN);
    Draft draft = DraftForm.read(form);
    var job = new DraftJob(draft, desk.parts().connectors());
    try {
      job.job();
      Works.Check found = desk.parts().works().check(visit.tenant(), job.text());
      show(
          visit,
          view(
              form,
              flow,
              draft,
              null,
              new EditorView.Check(found.notes(), found.columns(), found.call())));
    } catch (UserException e) {
      show(visit, view(form, flow, draft, job.trouble(e), null));
    }
  }

  private void save(Visit visit, Parameters form, @Nullable Flow flow) {
    visit.require(Role.ADMIN);
    Draft draft = DraftForm.read(form);
    String id = flow == null ? UUID.randomUUID().toString() : flow.id();
    try {
      DraftForm.require(draft);
    } catch (DraftForm.WrongFieldException e) {
      again(visit, view(form, flow, draft, e.trouble(), null));
      return;
    }
    var job = new DraftJob(draft, desk.parts().connectors());
    Job checked;
    try {
      checked = job.job();
    } catch (UserException e) {
      again(visit, view(form, flow, draft, job.trouble(e), null));
      return;
    }
    String stored =
        desk.parts().admission().stored(visit.tenant(), id, visit.caller().name(), checked);
    if (flow == null) {
      desk.parts().catalog().add(flow(visit, id, draft, stored, null, stamp(visit, null)));
    } else {
      if (version(form) != flow.stamp().version()) {
        throw new StaleException(
            "Somebody else changed the flow "
                + flow.name()
                + " since you opened it; open it again and repeat your change.");
      }
      desk.parts()
          .catalog()
          .change(flow(visit, id, draft, stored, flow, stamp(visit, flow.stamp())));
    }
    visit.record(flow == null ? "flow.create" : "flow.change", id, "done");
    visit.go("/flows/" + id, Done.SAVED);
  }

  private static void again(Visit visit, EditorView view) {
    visit.response().status(422);
    show(visit, view);
  }

  private Flow flow(
      Visit visit, String id, Draft draft, String job, @Nullable Flow before, Stamp stamp) {
    return new Flow(
        id,
        visit.tenant(),
        draft.name().strip(),
        draft.description().isBlank() ? null : draft.description().strip(),
        job,
        DraftForm.options(draft),
        DraftForm.schedule(draft, stamp.updatedAt()),
        before == null || before.enabled(),
        null,
        before == null ? "{}" : withoutConnections(before.document()),
        stamp);
  }

  private Stamp stamp(Visit visit, @Nullable Stamp before) {
    Instant now = desk.parts().clock().instant().truncatedTo(ChronoUnit.MILLIS);
    String name = visit.caller().name();
    return before == null
        ? Stamp.first(now, name, visit.caller().client())
        : before.next(now, name);
  }

  /// What a client of the API sent, without what no longer holds when the job was changed here.
  private static String withoutConnections(String document) {
    if (!(Json.read(document) instanceof Map<?, ?> before)) {
      return "{}";
    }
    var after = new LinkedHashMap<String, @Nullable Object>();
    before.forEach((key, value) -> after.put(String.valueOf(key), value));
    for (String name :
        List.of(
            "sourceConnectionIds", "targetConnectionIds", "transformations", "scheduleParams")) {
      after.remove(name);
    }
    return Json.text(after);
  }
}
