package dev.waybill.cli;

import dev.waybill.cli.view.Screen;
import dev.waybill.cli.view.Screen.Colour;
import dev.waybill.cli.view.Screen.Kind;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The streams of the process, and what they lead to.
///
/// @param out for results
/// @param err for progress and complaints
record Console(PrintWriter out, PrintWriter err, Screen outScreen, Screen errScreen) {

  /// Numbers of the streams that are terminals, such as `0,1,2`; the launcher knows, Java 21 does
  /// not.
  private static final String TERMINALS = "waybill.terminals";

  static Console ofProcess() {
    List<String> terminals = terminals();
    var size = new TerminalSize();
    return new Console(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        screen(terminals.contains("1"), System.getenv(), size),
        screen(terminals.contains("2"), System.getenv(), size));
  }

  /// Whether somebody types what is read from standard input.
  static boolean inputIsTerminal() {
    return terminals().contains("0");
  }

  private static List<String> terminals() {
    return List.of(System.getProperty(TERMINALS, "").split(",", -1));
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    var stream = new FileOutputStream(descriptor);
    return new PrintWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), true);
  }

  /// A stream without colour or redrawing if the terminal can not do it; without colour if the user
  /// wants none (https://no-color.org).
  static Screen screen(boolean terminal, Map<String, String> environment, TerminalSize size) {
    if (!terminal || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
      return Screen.STREAM;
    }
    boolean plain = !environment.getOrDefault("NO_COLOR", "").isEmpty();
    return new Screen(Kind.TERMINAL, size::columns, plain ? Colour.OFF : Colour.ON);
  }
}
