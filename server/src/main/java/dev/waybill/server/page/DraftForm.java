package dev.waybill.server.page;

import dev.waybill.UserException;
import dev.waybill.server.catalog.FlowOptions;
import dev.waybill.server.catalog.Schedule;
import dev.waybill.server.page.view.Draft;
import dev.waybill.server.page.view.EditorView;
import io.helidon.common.parameters.Parameters;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads a draft out of the editor's form, and the parts of a flow out of a draft.
final class DraftForm {

  private static final Pattern INTERVAL = Pattern.compile("(\\d{1,6})\\s*(m|h|d|w)");

  private static final int MOST_NAME_CHARACTERS = 200;

  private DraftForm() {}

  /// A field that is not as it should be.
  static final class WrongFieldException extends Exception {
    private static final long serialVersionUID = 1;
    private final String field;

    WrongFieldException(String field, String sentence) {
      super(sentence);
      this.field = field;
    }

    EditorView.Trouble trouble() {
      return new EditorView.Trouble(field, String.valueOf(getMessage()));
    }
  }

  static Draft read(Parameters form) {
    var fields = new LinkedHashMap<String, String>();
    for (String name : form.names()) {
      if (isOfJob(name)) {
        fields.put(name, form.first(name).orElse(""));
      }
    }
    return new Draft(
        text(form, "name"),
        text(form, "description"),
        fields,
        lines(text(form, "mapping")),
        lines(text(form, "job")),
        text(form, "written").equals("text"),
        text(form, "schedule"),
        text(form, "cron"),
        text(form, "zone"),
        text(form, "every"),
        text(form, "start"),
        !text(form, "diagnostics").isEmpty(),
        text(form, "percent"),
        !text(form, "pausing").isEmpty());
  }

  private static boolean isOfJob(String name) {
    return switch (name) {
      case "files", "format", "start-at", "limit", "to" -> true;
      default ->
          name.startsWith("source.option.")
              || name.startsWith("destination.option.")
              || name.startsWith("policy.")
              || name.startsWith("sync.")
              || name.startsWith("live.");
    };
  }

  private static String text(Parameters form, String name) {
    return form.first(name).orElse("");
  }

  /// Forms end lines by CR LF (HTML, 4.10.22.4).
  private static String lines(String text) {
    return text.replace("\r\n", "\n");
  }

  /// Looks at all that is not of the job.
  static void require(Draft draft) throws WrongFieldException {
    String name = draft.name().strip();
    if (name.isEmpty() || name.length() > MOST_NAME_CHARACTERS) {
      throw new WrongFieldException(
          "name", "A flow has a name of 1 to " + MOST_NAME_CHARACTERS + " characters.");
    }
    if (!draft.percent().matches("[0-9]{1,3}(\\.[0-9]{1,6})?")
        || Double.parseDouble(draft.percent()) > 100) {
      throw new WrongFieldException("percent", "Give a number from 0 to 100.");
    }
    try {
      schedule(draft, Instant.EPOCH);
    } catch (UserException e) {
      throw new WrongFieldException(
          draft.schedule().equals("cron")
              ? String.valueOf(e.getMessage()).contains("time zone") ? "zone" : "cron"
              : "every",
          String.valueOf(e.getMessage()));
    }
  }

  static FlowOptions options(Draft draft) {
    return new FlowOptions(
        draft.diagnostics(), Double.parseDouble(draft.percent()), draft.pausing());
  }

  /// @throws UserException if it is none
  static @Nullable Schedule schedule(Draft draft, Instant now) {
    return switch (draft.schedule()) {
      case "cron" ->
          Schedule.Cron.of(
              draft.cron().strip(), draft.zone().isBlank() ? "UTC" : draft.zone().strip());
      case "every" -> new Schedule.Every(start(draft, now), interval(draft.every()));
      default -> null;
    };
  }

  private static Instant start(Draft draft, Instant now) {
    try {
      Instant start = draft.startsAt();
      return start == null ? now : start;
    } catch (DateTimeException e) {
      throw new UserException("'" + draft.start() + "' is no time as in 2026-11-21T06:00:00Z.", e);
    }
  }

  private static Duration interval(String text) {
    Matcher matcher = INTERVAL.matcher(text.strip());
    if (!matcher.matches()) {
      throw new UserException("Give a length of time such as 15m, 1h, 1d or 1w.");
    }
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      case "d" -> Duration.ofDays(number);
      default -> Duration.ofDays(7 * number);
    };
  }
}
