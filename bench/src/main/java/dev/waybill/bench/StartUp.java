package dev.waybill.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/// How long a user waits for the first sign of life: `waybill --help` from its start to its end,
/// and `waybill load` from its start until the first request stands at the destination. Through the
/// launcher, as a user calls it.
///
/// Arguments: the launcher, and how many times.
public final class StartUp {

  private StartUp() {}

  public static void main(String[] arguments) throws Exception {
    String launcher = Path.of(arguments[0]).toAbsolutePath().toString();
    int times = Integer.parseInt(arguments[1]);
    try (var workspace = Workspace.create()) {
      Path csv = workspace.file("contacts.csv");
      Contacts.write(csv, 1_000);
      help(launcher);
      var help = new ArrayList<Double>();
      var load = new ArrayList<Double>();
      var bare = new ArrayList<Double>();
      for (int i = 0; i < times; i++) {
        bare.add(bareJava());
        help.add(help(launcher));
        load.add(firstRequest(launcher, csv, workspace.file("out")));
      }
      print("java -version, for comparison", bare);
      print("waybill --help", help);
      print("waybill load, first request", load);
    }
    System.out.println(Spent.surroundings());
  }

  private static void print(String what, List<Double> seconds) {
    double[] sorted = seconds.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    System.out.printf(
        "%-32s %.3f s (median of %d; %.3f to %.3f)%n",
        what, Spent.median(sorted), sorted.length, sorted[0], sorted[sorted.length - 1]);
  }

  private static double bareJava() throws Exception {
    return seconds(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-version");
  }

  private static double help(String launcher) throws Exception {
    return seconds(launcher, "--help");
  }

  private static double seconds(String... command) throws Exception {
    long start = System.nanoTime();
    int code =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (code != 0) {
      throw new IllegalStateException(String.join(" ", command) + " ended with " + code);
    }
    return seconds;
  }

  private static double firstRequest(String launcher, Path csv, Path out) throws Exception {
    try (var listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress())) {
      var arrived = new CompletableFuture<Long>();
      Thread.ofVirtual().start(() -> listen(listener, arrived));
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  launcher,
                  "load",
                  csv.toString(),
                  "--to",
                  "http://127.0.0.1:" + listener.getLocalPort() + "/records",
                  "--out",
                  out.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        return (arrived.get(30, TimeUnit.SECONDS) - start) / 1e9;
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  /// Waits for the first connection on which a request comes; the one that only looks whether there
  /// is a server is closed without a word.
  private static void listen(ServerSocket listener, CompletableFuture<Long> arrived) {
    var begin = "POST ".getBytes(StandardCharsets.US_ASCII);
    try {
      while (!arrived.isDone()) {
        Socket socket = listener.accept();
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    InputStream in = socket.getInputStream();
                    if (in.readNBytes(begin.length).length == begin.length) {
                      arrived.complete(System.nanoTime());
                    }
                  } catch (IOException e) {
                    // the process was ended, which is all that was wanted of it
                  }
                });
      }
    } catch (IOException e) {
      arrived.completeExceptionally(e);
    }
  }
}
