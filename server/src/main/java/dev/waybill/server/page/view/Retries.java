package dev.waybill.server.page.view;

import dev.waybill.server.catalog.FlowRun;

/// Whether what did not arrive can be sent again, as the API rules it.
final class Retries {

  private Retries() {}

  static RunView.Retry of(FlowRun run) {
    FlowRun.Counts counts = run.counts();
    return switch (run.state()) {
      case QUEUED, RUNNING ->
          new RunView.Retry(false, "What does not arrive can be sent again when the run is over.");
      case FAILED ->
          new RunView.Retry(
              true,
              counts.delivered() == 0
                  ? "Nothing was delivered, so a retry sends everything."
                  : "A retry sends the "
                      + Wording.count(counts.undelivered(), "record", "records")
                      + " that did not arrive, and no other.");
      case SUCCESS ->
          counts.delivered() == 0
              ? new RunView.Retry(true, "Nothing was delivered, so a retry sends everything.")
              : new RunView.Retry(false, "");
    };
  }
}
