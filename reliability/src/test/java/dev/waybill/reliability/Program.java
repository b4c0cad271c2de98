package dev.waybill.reliability;

import dev.waybill.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `waybill` in a process of its own.
final class Program implements AutoCloseable {

  /// Far more than any load of these tests takes; a process that is still there by then hangs.
  private static final int MOST_SECONDS = 120;

  private final Process process;
  private final Path complaints;

  private Program(Process process, Path complaints) {
    this.process = process;
    this.complaints = complaints;
  }

  /// What a process said when it ended.
  ///
  /// @param complaint what it wrote to standard error
  record Said(int code, String complaint) {}

  /// Starts it.
  ///
  /// @param complaints the file that standard error goes into
  static Program start(Path complaints, List<String> arguments) {
    var quiet = new ArrayList<>(arguments);
    quiet.add("--quiet");
    return startAsIs(complaints, quiet);
  }

  /// Starts it with these arguments and no other.
  static Program startAsIs(Path complaints, List<String> arguments) {
    return start(complaints, List.of(), arguments);
  }

  /// Starts it with these arguments and no other.
  ///
  /// @param machine further options of the Java machine
  static Program start(Path complaints, List<String> machine, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As the launcher does it; the better compiler would not pay in so short a life.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(machine);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(Main.class.getName());
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(complaints.toFile())
              .start();
      return new Program(process, complaints);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether it ends by itself within this time.
  boolean endsWithin(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /// Kills it with SIGKILL.
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /// Waits for its end.
  Said end() throws InterruptedException, IOException {
    if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
      kill();
      throw new AssertionError(
          "still there after " + MOST_SECONDS + " s: " + Files.readString(complaints));
    }
    return new Said(process.exitValue(), Files.readString(complaints));
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
