package dev.waybill.bench;

import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The simulator in a process of its own, where it counts records and looks at nothing else. It
/// ends with the process that started it.
final class LoopbackServer implements AutoCloseable {

  private static final Path TASKSET = Path.of("/usr/bin/taskset");

  private final Process process;
  private final BufferedReader answers;
  private final URI uri;

  private LoopbackServer(Process process) throws IOException {
    this.process = process;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.uri = URI.create(answers.readLine());
  }

  /// Starts it, on the processor that the environment variable `SERVER_CORE` names, if it does.
  static LoopbackServer start() {
    List<String> command = new ArrayList<>();
    String core = System.getenv("SERVER_CORE");
    if (core != null && Files.exists(TASKSET)) {
      command.addAll(List.of(TASKSET.toString(), "-c", core));
    }
    command.addAll(OwnJvm.command("-Xmx512m", LoopbackServer.class.getName()));
    try {
      return new LoopbackServer(
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Where records are to be sent.
  URI uri() {
    return uri;
  }

  /// Records applied since the last time this was asked.
  long applied() {
    try {
      process.getOutputStream().write('\n');
      process.getOutputStream().flush();
      return Long.parseLong(answers.readLine());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }

  public static void main(String[] arguments) throws IOException {
    try (var server = SimulatorServer.start(Map.of("keep", "counts", "ids", "false"))) {
      System.out.println(server.uri() + "/records");
      long before = 0;
      while (System.in.read() == '\n') {
        long now = server.count(GroundTruth::applied);
        System.out.println(now - before);
        before = now;
      }
    }
  }
}
