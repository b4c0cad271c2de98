package dev.waybill.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/// The width of the terminal that the process was started from. Asked of `stty`, because Java can
/// not say; once, and again after each change.
final class TerminalSize {

  private static final int USUAL_COLUMNS = 80;

  private int columns;
  private volatile boolean known;

  synchronized int columns() {
    if (!known) {
      if (columns == 0) {
        Signals.onResize(() -> known = false);
      }
      known = true;
      columns = ask();
    }
    return columns;
  }

  private static int ask() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(new File("/dev/tty"))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      String[] size = answer.strip().split(" ", 2);
      if (stty.waitFor(1, TimeUnit.SECONDS) && stty.exitValue() == 0 && size.length == 2) {
        int columns = Integer.parseInt(size[1]);
        return columns > 0 ? columns : USUAL_COLUMNS;
      }
    } catch (IOException | NumberFormatException e) {
      // no terminal, or no stty
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return USUAL_COLUMNS;
  }
}
