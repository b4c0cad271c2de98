package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.server.access.Grant;
import dev.waybill.server.access.Role;
import dev.waybill.server.access.Tokens;
import dev.waybill.server.http.HttpProblem;
import dev.waybill.server.page.view.SettingsViews;
import dev.waybill.server.page.view.Shell.Section;
import io.helidon.common.parameters.Parameters;
import io.helidon.webserver.http.HttpRules;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tokens, secrets and the audit log, for admins.
final class SettingsPages {

  private final Desk desk;
  private final SettingsViews views;

  SettingsPages(Desk desk) {
    this.desk = desk;
    views = new SettingsViews(desk.parts().access(), desk.parts().clock());
  }

  void routes(HttpRules rules) {
    rules.get("/settings", desk.page(this::settings));
    rules.post("/settings/tokens", desk.form(this::issue));
    rules.post("/settings/tokens/{id}/withdraw", desk.form((visit, form) -> withdraw(visit)));
    rules.post("/settings/secrets", desk.form(this::setSecret));
    rules.post("/settings/secrets/{name}/remove", desk.form((visit, form) -> removeSecret(visit)));
  }

  private void settings(Visit visit) {
    if (!visit.caller().role().mayAs(Role.ADMIN)) {
      visit.show("nosettings", "Settings", Section.SETTINGS, visit.caller().name());
      return;
    }
    show(visit, null, null);
  }

  private void show(Visit visit, @Nullable String issued, @Nullable String problem) {
    visit.show(
        "settings",
        "Settings",
        Section.SETTINGS,
        views.of(visit.tenant(), visit.maybe("after"), issued, problem));
  }

  private void issue(Visit visit, Parameters form) {
    visit.require(Role.ADMIN);
    try {
      Set<String> sandboxes = Set.copyOf(form.all("sandboxes", List::of));
      requireReach(visit, sandboxes);
      Tokens.Issued issued =
          desk.parts()
              .access()
              .tokens()
              .issue(
                  new Grant(
                      form.first("name").orElse(""),
                      visit.caller().organisation(),
                      sandboxes,
                      role(form.first("role").orElse("")),
                      lifetime(form.first("days").orElse(""))),
                  visit.caller().name());
      visit.record("token.create", issued.token().id(), "done");
      // Not by way of a redirect: the token must not stand in an address.
      show(visit, issued.text(), null);
    } catch (UserException e) {
      refused(visit, e);
    }
  }

  /// Nobody gives away more than they have.
  private static void requireReach(Visit visit, Set<String> sandboxes) {
    boolean beyond =
        sandboxes.isEmpty()
            ? !visit.caller().sandboxes().isEmpty()
            : !sandboxes.stream().allMatch(visit.caller()::reaches);
    if (beyond) {
      throw new UserException(
          "Your own token does not reach all of these sandboxes: choose some that it does.");
    }
  }

  private static Role role(String name) {
    for (Role role : Role.values()) {
      if (role.name().toLowerCase(Locale.ROOT).equals(name)) {
        return role;
      }
    }
    throw new UserException("There is no role '" + name + "'; there are viewer, operator, admin.");
  }

  private static @Nullable Duration lifetime(String days) {
    if (days.isBlank()) {
      return null;
    }
    if (!days.strip().matches("[0-9]{1,5}") || days.strip().matches("0+")) {
      throw new UserException(
          "A token is good for a whole number of days from 1 on, or without end.");
    }
    return Duration.ofDays(Long.parseLong(days.strip()));
  }

  private void refused(Visit visit, UserException why) {
    visit.response().status(422);
    show(visit, null, String.valueOf(why.getMessage()));
  }

  private void withdraw(Visit visit) {
    visit.require(Role.ADMIN);
    String id = visit.path("id");
    if (!desk.parts().access().tokens().withdraw(visit.caller().organisation(), id)) {
      throw HttpProblem.notFound("There is no such token, or it is withdrawn already.");
    }
    visit.record("token.withdraw", id, "done");
    visit.go("/settings", Done.WITHDRAWN);
  }

  private void setSecret(Visit visit, Parameters form) {
    visit.require(Role.ADMIN);
    String name = form.first("name").orElse("").strip();
    String value = form.first("value").orElse("");
    if (value.isEmpty()) {
      refused(visit, new UserException("A secret has a value; give one."));
      return;
    }
    try {
      desk.parts().access().secrets().set(visit.tenant(), name, value, visit.caller().name());
    } catch (UserException e) {
      refused(visit, e);
      return;
    }
    visit.record("secret.set", name, "done");
    visit.go("/settings", Done.SECRET_SET);
  }

  private void removeSecret(Visit visit) {
    visit.require(Role.ADMIN);
    String name = visit.path("name");
    if (!desk.parts().access().secrets().remove(visit.tenant(), name)) {
      throw HttpProblem.notFound("There is no such secret.");
    }
    visit.record("secret.remove", name, "done");
    visit.go("/settings", Done.SECRET_REMOVED);
  }
}
