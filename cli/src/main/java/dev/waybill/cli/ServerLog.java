package dev.waybill.cli;

import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.logging.ConsoleHandler;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The service's log: a line for each thing that happened, on standard error.
final class ServerLog {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSXXX", Locale.ROOT)
          .withZone(ZoneId.systemDefault());

  private ServerLog() {}

  /// Logs from here on; what libraries say only if it is a warning.
  ///
  /// @param verbose with stack traces
  static void begin(boolean verbose) {
    Logger root = Logger.getLogger("");
    for (var handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    var console = new ConsoleHandler();
    console.setFormatter(new Lines(verbose));
    console.setLevel(Level.ALL);
    root.addHandler(console);
    root.setLevel(Level.WARNING);
    OURS.setLevel(Level.INFO);
  }

  /// Held, because the library forgets the level of a logger that nobody holds.
  private static final Logger OURS = Logger.getLogger("dev.waybill");

  private static final class Lines extends Formatter {

    private final boolean verbose;

    Lines(boolean verbose) {
      this.verbose = verbose;
    }

    @Override
    public String format(LogRecord record) {
      var line = new StringBuilder();
      line.append(TIME.format(record.getInstant()))
          .append(' ')
          .append(record.getLevel().getName())
          .append(' ')
          .append(formatMessage(record));
      Throwable thrown = record.getThrown();
      if (thrown != null) {
        line.append(": ").append(thrown);
        if (verbose) {
          for (StackTraceElement frame : thrown.getStackTrace()) {
            line.append("\n    at ").append(frame);
          }
        }
      }
      return line.append('\n').toString();
    }
  }
}
