package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// A real process gets real signals, while a call is under way that is answered when the test says
/// so.
@DisabledOnOs(OS.WINDOWS)
// On a thread of its own, for reading what a process says can not be interrupted.
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SignalTest {

  private static final int RECORDS = 100;

  @TempDir Path directory;
  private Cli cli = new Cli(Path.of(""));
  private final CountDownLatch called = new CountDownLatch(1);
  private final CountDownLatch answer = new CountDownLatch(1);
  private HttpServer server = newServer();

  private static HttpServer newServer() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @BeforeEach
  void begin() {
    cli = new Cli(directory);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          called.countDown();
          try {
            answer.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void end() {
    answer.countDown();
    server.stop(0);
  }

  private Process started() throws IOException {
    String rows =
        IntStream.rangeClosed(1, RECORDS).mapToObj(i -> i + "\n").collect(Collectors.joining());
    String file = cli.file("numbers.csv", "n\n" + rows);
    String to = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    var command = new ArrayList<String>(heedingInterrupts());
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "load",
            file,
            "--to",
            to,
            "--batch-size",
            "10",
            "--concurrency",
            "1",
            "--out",
            cli.path("out").toString()));
    return new ProcessBuilder(command)
        .redirectOutput(cli.path("stdout").toFile())
        .redirectInput(ProcessBuilder.Redirect.PIPE)
        .start();
  }

  /// What a shell starts in the background ignores SIGINT, and so does all that it starts.
  private static List<String> heedingInterrupts() throws IOException {
    Path status = Path.of("/proc/self/status");
    boolean ignored =
        Files.exists(status)
            && Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
    return ignored ? List.of("env", "--default-signal=INT") : List.of();
  }

  private static void signal(Process process, String name) throws Exception {
    assertThat(new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor())
        .isZero();
  }

  private static void awaitStopping(BufferedReader err) throws IOException {
    for (String line = err.readLine(); line != null; line = err.readLine()) {
      if (line.startsWith("Stopping: ")) {
        return;
      }
    }
    throw new AssertionError("the process ended without a word about stopping");
  }

  private void stopsInGoodOrder(String signal) throws Exception {
    Process process = started();
    try (var err = process.errorReader()) {
      called.await();
      signal(process, signal);
      awaitStopping(err);
      answer.countDown();
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(3);
    assertThat(Cli.text(cli.path("stdout"))).contains("10  delivered", "90  unprocessed");
    assertThat(cli.left("success")).hasLineCount(11);
    assertThat(cli.left("retry")).hasLineCount(91).startsWith("n\n11\n");
  }

  @Test
  void interruptWaitsForTheCallsUnderWayAndCompletesTheFiles() throws Exception {
    stopsInGoodOrder("INT");
  }

  @Test
  void terminateDoesTheSame() throws Exception {
    stopsInGoodOrder("TERM");
  }

  @Test
  void secondInterruptStopsNowAndWhatIsUnderWayIsUnknown() throws Exception {
    Process process = started();
    try (var err = process.errorReader()) {
      called.await();
      signal(process, "INT");
      awaitStopping(err);
      signal(process, "INT");
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(process.exitValue()).isEqualTo(3);
    String account = Cli.text(cli.path("stdout"));
    assertThat(account).contains("10  unknown");
    assertThat(cli.left("retry")).startsWith("n\n").contains("\n1\n2\n3\n");
  }
}
