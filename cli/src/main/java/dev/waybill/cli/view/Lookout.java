package dev.waybill.cli.view;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Shows how a run comes on while it does: a line that is redrawn in place on a terminal, a line
/// every few seconds elsewhere.
public final class Lookout {

  private static final long REDRAW_MILLIS = 100;
  private static final long LOG_MILLIS = 5_000;

  /// Back to the line's beginning, and erase to its end (ECMA-48, EL).
  private static final String CLEAR = "\r\u001b[K";

  private final PrintWriter err;
  private final Screen screen;
  private final Supplier<Glance> glance;
  private final ProgressLine line;
  private final ScheduledExecutorService clock;

  private Lookout(PrintWriter err, Screen screen, Supplier<Glance> glance) {
    this.err = err;
    this.screen = screen;
    this.glance = glance;
    this.line = new ProgressLine(screen);
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("waybill-lookout").daemon().factory());
  }

  /// Begins to show.
  public static Lookout begin(PrintWriter err, Screen screen, Supplier<Glance> glance) {
    var lookout = new Lookout(err, screen, glance);
    long every = screen.isTerminal() ? REDRAW_MILLIS : LOG_MILLIS;
    var unused =
        lookout.clock.scheduleAtFixedRate(
            lookout::show, screen.isTerminal() ? 0 : every, every, TimeUnit.MILLISECONDS);
    return lookout;
  }

  private void show() {
    if (screen.isTerminal()) {
      // The last column stays free: some terminals wrap as soon as it is written to.
      err.print(CLEAR + line.bar(glance.get(), screen.columns().getAsInt() - 1));
    } else {
      err.println(line.log(glance.get()));
    }
    err.flush();
  }

  /// Shows the end, and no more.
  public void end() {
    clock.shutdown();
    try {
      if (!clock.awaitTermination(1, TimeUnit.SECONDS)) {
        clock.shutdownNow();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (screen.isTerminal()) {
      show();
      err.println();
      err.flush();
    }
  }
}
