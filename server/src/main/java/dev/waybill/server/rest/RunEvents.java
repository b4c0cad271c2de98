package dev.waybill.server.rest;

import dev.waybill.server.http.EventStream;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/// A run's progress as events: `run` with the run as it stands, whenever it has changed, and `end`
/// when it is over. For one thread.
final class RunEvents implements EventStream.Feed {

  /// How often it is looked at.
  private static final Duration BEAT = Duration.ofMillis(500);

  private static final Set<String> OVER = Set.of("success", "failed");

  private final Supplier<Optional<JsonObject>> run;
  private String told = "";
  private String state = "";

  RunEvents(Supplier<Optional<JsonObject>> run) {
    this.run = run;
  }

  @Override
  public EventStream.Step next(Duration patience) throws InterruptedException {
    if (state.equals("ended")) {
      return new EventStream.End();
    }
    if (OVER.contains(state)) {
      String end = state;
      state = "ended";
      return new EventStream.Event("end", "{\"status\":\"" + end + "\"}");
    }
    for (long waited = 0; waited < patience.toMillis(); waited += BEAT.toMillis()) {
      Optional<JsonObject> now = run.get();
      if (now.isEmpty()) {
        return new EventStream.End();
      }
      String text = now.get().toString();
      if (!text.equals(told)) {
        told = text;
        state = status(now.get());
        return new EventStream.Event("run", text);
      }
      Thread.sleep(BEAT);
    }
    return new EventStream.Silence();
  }

  private static String status(JsonObject run) {
    JsonObject metrics = run.object("metrics");
    JsonObject summary = metrics == null ? null : metrics.object("statusSummary");
    String status = summary == null ? null : summary.text("status");
    return status == null ? "" : status;
  }
}
