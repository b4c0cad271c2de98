package dev.waybill.cli;

import java.util.List;
import sun.misc.Signal;

/// Signals to the process. A shutdown hook would not do: once it runs, the machine takes no second
/// signal any more, and here the second one means something else than the first.
final class Signals {

  /// Ctrl-C, `kill`, and a terminal that was closed.
  private static final List<String> ENDING = List.of("INT", "TERM", "HUP");

  private Signals() {}

  /// Calls this each time the process is asked to end, which it then does not do by itself.
  static void onEnding(Runnable handler) {
    ENDING.forEach(name -> on(name, handler));
  }

  /// Calls this whenever the terminal's size has changed.
  static void onResize(Runnable handler) {
    on("WINCH", handler);
  }

  private static void on(String name, Runnable handler) {
    try {
      var unused = Signal.handle(new Signal(name), signal -> handler.run());
    } catch (IllegalArgumentException e) {
      // this system has no such signal, or keeps it for itself
    }
  }
}
