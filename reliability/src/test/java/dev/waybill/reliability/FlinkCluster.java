package dev.waybill.reliability;

import dev.waybill.Fields;
import dev.waybill.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// A Flink cluster of separate processes on this machine: a job manager and task managers with two
/// slots each.
final class FlinkCluster implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Path home;
  private final String flink;
  private final int restPort = freePort();
  private final List<Process> taskManagers = new ArrayList<>();
  private final Process jobManager;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// @param app the folder with the program for Flink, `target/app` of its module
  private FlinkCluster(Path home, Path app) throws IOException {
    this.home = Files.createDirectories(home);
    this.flink = app.resolve("lib") + "/*";
    Files.createDirectories(home.resolve("tmp"));
    Files.writeString(home.resolve("config.yaml"), config());
    this.jobManager =
        start("org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint", "jm");
  }

  static FlinkCluster start(Path home, Path app, int taskManagers) throws IOException {
    var cluster = new FlinkCluster(home, app);
    for (int i = 0; i < taskManagers; i++) {
      cluster.addTaskManager();
    }
    cluster.await("slots", () -> cluster.slots() == 2 * taskManagers);
    return cluster;
  }

  /// The memory sizes are those without which a task manager does not start outside of Flink's own
  /// scripts.
  private String config() throws IOException {
    return """
        jobmanager.rpc.address: localhost
        jobmanager.rpc.port: %d
        jobmanager.bind-host: localhost
        rest.address: localhost
        rest.bind-address: localhost
        rest.port: %d
        taskmanager.host: localhost
        taskmanager.numberOfTaskSlots: 2
        taskmanager.cpu.cores: 1.0
        taskmanager.memory.task.heap.size: 320m
        taskmanager.memory.task.off-heap.size: 0m
        taskmanager.memory.managed.size: 0m
        taskmanager.memory.network.min: 64m
        taskmanager.memory.network.max: 64m
        taskmanager.memory.framework.heap.size: 128m
        taskmanager.memory.framework.off-heap.size: 64m
        taskmanager.memory.jvm-metaspace.size: 192m
        taskmanager.memory.jvm-overhead.min: 64m
        taskmanager.memory.jvm-overhead.max: 64m
        heartbeat.interval: 1000
        heartbeat.timeout: 6000
        restart-strategy.type: fixed-delay
        restart-strategy.fixed-delay.attempts: 20
        restart-strategy.fixed-delay.delay: 500 ms
        execution.checkpointing.interval: 1 s
        execution.checkpointing.storage: filesystem
        execution.checkpointing.dir: %s
        io.tmp.dirs: %s
        """
        .formatted(freePort(), restPort, home.resolve("checkpoints").toUri(), home.resolve("tmp"));
  }

  private Process start(String main, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-Xmx480m",
            "-XX:MaxDirectMemorySize=256m",
            "-cp",
            flink,
            main,
            "--configDir",
            home.toString())
        .redirectErrorStream(true)
        .redirectOutput(home.resolve(name + ".log").toFile())
        .start();
  }

  void addTaskManager() throws IOException {
    taskManagers.add(
        start(
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner",
            "tm-" + (taskManagers.size() + 1)));
  }

  /// Kills one of them with SIGKILL.
  void killTaskManager(int index) throws InterruptedException {
    taskManagers.get(index).destroyForcibly().waitFor();
  }

  String address() {
    return "flink://localhost:" + restPort;
  }

  int slots() {
    try {
      return call("GET", "/overview", null).get("slots-total") instanceof Number slots
          ? slots.intValue()
          : 0;
    } catch (IOException notYet) {
      return 0;
    }
  }

  /// The job that runs, as soon as one does.
  String job() throws IOException {
    var jobs = new ArrayList<String>();
    await(
        "a running job",
        () -> {
          jobs.addAll(jobs("RUNNING"));
          return !jobs.isEmpty();
        });
    return jobs.getFirst();
  }

  private List<String> jobs(String status) {
    try {
      return call("GET", "/jobs", null).get("jobs") instanceof List<?> list
          ? list.stream()
              .map(Fields.class::cast)
              .filter(job -> status.equals(job.get("status")))
              .map(job -> String.valueOf(job.get("id")))
              .toList()
          : List.of();
    } catch (IOException notYet) {
      return List.of();
    }
  }

  /// Stops a job with a savepoint, and returns where that lies.
  String stopWithSavepoint(String job) throws IOException {
    String wish =
        Json.text(
            Map.of(
                "targetDirectory", home.resolve("savepoints").toUri().toString(), "drain", false));
    String request = call("POST", "/jobs/" + job + "/stop", wish).text("request-id");
    var location = new ArrayList<String>();
    await(
        "a savepoint",
        () -> {
          try {
            Fields status = call("GET", "/jobs/" + job + "/savepoints/" + request, null);
            String place =
                status.get("operation") instanceof Fields operation
                    ? operation.text("location")
                    : null;
            if (place != null) {
              location.add(place);
            }
          } catch (IOException notYet) {
            return false;
          }
          return !location.isEmpty();
        });
    return location.getFirst();
  }

  /// Cancels a job, of which nothing is kept then.
  void cancel(String job) throws IOException {
    call("PATCH", "/jobs/" + job, null);
  }

  Fields call(String method, String path, @Nullable String body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + restPort + path))
            .timeout(Duration.ofSeconds(60))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      var response = client.send(request, BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IOException(response.statusCode() + ": " + response.body());
      }
      return (Fields) Objects.requireNonNull(Json.read(response.body()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /// Looks again and again until it is so.
  void await(String what, BooleanSupplier condition) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("no " + what + " after " + PATIENCE.toSeconds() + " s");
      }
      try {
        TimeUnit.MILLISECONDS.sleep(50);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private static int freePort() {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    taskManagers.forEach(Process::destroyForcibly);
    jobManager.destroyForcibly();
  }
}
