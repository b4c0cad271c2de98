package dev.waybill.testkit.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Assumptions;

/// A program that listens on a port of loopback, and ends with this JVM.
final class EmulatorProcess {

  private static final int START_TRIES = 1200;
  private static final long PAUSE_NANOS = 50_000_000;

  private EmulatorProcess() {}

  /// Starts it and waits until it lets connections in; aborts the test if it ends instead, or does
  /// not within a minute.
  ///
  /// @param command for a port
  /// @param log where its output goes
  static URI start(String name, IntFunction<List<String>> command, Path log) {
    try {
      int port = freePort();
      Process process =
          new ProcessBuilder(command.apply(port))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      for (int i = 0; i < START_TRIES && process.isAlive(); i++) {
        if (accepts(port)) {
          return URI.create("http://127.0.0.1:" + port);
        }
        LockSupport.parkNanos(PAUSE_NANOS);
      }
      process.destroyForcibly();
      return Assumptions.abort(name + " did not start: " + log + " tells why.");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
