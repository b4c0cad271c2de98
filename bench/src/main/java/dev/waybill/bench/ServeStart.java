package dev.waybill.bench;

import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Starts the service as a process of its own, by the launcher, as a user does.
///
/// @param data its data directory
record ServeStart(String launcher, Workspace data) {

  /// From the start of the launcher to the first answer of `/health`. The process is ended then.
  double millis() throws Exception {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var health = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health")).build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      long start = System.nanoTime();
      Process process =
          new ProcessBuilder(
                  launcher, "serve", "--port", "" + port, "--data", data.folder().toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      try {
        while (!answers(client, health)) {
          if (!process.isAlive()) {
            throw new IllegalStateException(launcher + " serve ended with " + process.exitValue());
          }
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        return (System.nanoTime() - start) / 1e6;
      } finally {
        process.destroy();
        process.waitFor();
      }
    }
  }

  private static boolean answers(HttpClient client, HttpRequest health) throws Exception {
    try {
      return client.send(health, BodyHandlers.discarding()).statusCode() == 200;
    } catch (ConnectException e) {
      return false;
    }
  }
}
