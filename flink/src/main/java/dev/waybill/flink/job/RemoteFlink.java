package dev.waybill.flink.job;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flink.Totals;
import dev.waybill.flink.source.JobText;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.flow.place.Place;
import dev.waybill.json.Json;
import dev.waybill.spi.Option;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A session cluster, by its REST API: uploads the job's jar, starts it with the job as its
/// arguments, and looks on until it ends.
///
/// @see <a href="https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/rest_api/">REST
///   API</a>
final class RemoteFlink {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /// Answers may be missed for so long, as while a job manager is replaced.
  private static final int MISSED_LOOKS = 60;

  private static final Place.Done UNKNOWN =
      new Place.Done(
          Totals.tally(name -> 0),
          Place.Ending.FAILED,
          "the cluster does not know it: it was never started, or ended long ago, or the cluster"
              + " was started anew");

  private final URI cluster;
  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(10))
          .build();

  RemoteFlink(URI cluster) {
    this.cluster = cluster;
  }

  Place.Done run(Place.Order order, FlinkPlace.Start start, Consumer<Tally> progress)
      throws InterruptedException {
    keepSecrets(order.job());
    return asked(
        () -> {
          String jar = upload(JobJar.path());
          String job;
          try {
            job = start(jar, order, start);
          } finally {
            call("DELETE", "/jars/" + jar, BodyPublishers.noBody());
          }
          return watched(job, progress);
        });
  }

  /// Waits for the job of a run, the latest of them if it was stopped and went on.
  Place.Done await(String id, Consumer<Tally> progress) throws InterruptedException {
    return asked(
        () -> {
          String latest = null;
          long startedAt = Long.MIN_VALUE;
          if (call("GET", "/jobs/overview", null).get("jobs") instanceof List<?> jobs) {
            for (Object each : jobs) {
              if (each instanceof Fields job
                  && JobText.name(id).equals(job.get("name"))
                  && job.get("start-time") instanceof Number time
                  && time.longValue() > startedAt) {
                latest = job.text("jid");
                startedAt = time.longValue();
              }
            }
          }
          return latest == null ? UNKNOWN : watched(latest, progress);
        });
  }

  private interface Question {
    Place.Done ask() throws IOException, InterruptedException;
  }

  private Place.Done asked(Question question) throws InterruptedException {
    try {
      return question.ask();
    } catch (IOException e) {
      throw new UserException(
          "The Flink cluster at "
              + cluster.getAuthority()
              + " can not be reached ("
              + e.getClass().getSimpleName()
              + (e.getMessage() == null ? "" : ": " + e.getMessage())
              + "): check the address, which is that of its REST port, 8081 as a rule.",
          e);
    }
  }

  /// A cluster shows a job's arguments to everybody who may look at its page.
  private static void keepSecrets(Job job) {
    Stream.concat(Stream.of(job.to()), job.files().stream()).forEach(RemoteFlink::keepSecret);
    Connectors found = Connectors.found().untilNow();
    keepSecrets(found.destination(job.to()).options(), job.destinationOptions());
    keepSecrets(found.source(job.format(), job.files()).options(), job.sourceOptions());
  }

  private static void keepSecret(String address) {
    if (!Masked.address(address).equals(address)) {
      throw new UserException(
          "The cluster would show the password in "
              + Masked.address(address)
              + ": give it as an option, by env:NAME or file:PATH on the cluster's machines.");
    }
  }

  private static void keepSecrets(List<Option> options, Map<String, String> values) {
    for (Option option : options) {
      String value = values.get(option.name());
      if (option.kind() == Option.Kind.SECRET
          && value != null
          && !value.startsWith("env:")
          && !value.startsWith("file:")) {
        throw new UserException(
            "The cluster would show the option '"
                + option.name()
                + "': give it as env:NAME or file:PATH on the cluster's machines.");
      }
    }
  }

  private String upload(Path jar) throws IOException, InterruptedException {
    String boundary = "waybill-" + Long.toHexString(System.nanoTime());
    String head =
        "--"
            + boundary
            + "\r\nContent-Disposition: form-data; name=\"jarfile\"; filename=\"waybill-flink-job.jar\""
            + "\r\nContent-Type: application/x-java-archive\r\n\r\n";
    BodyPublisher body =
        BodyPublishers.concat(
            BodyPublishers.ofString(head),
            BodyPublishers.ofFile(jar),
            BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    HttpRequest request =
        HttpRequest.newBuilder(cluster.resolve("/jars/upload"))
            .header("Content-Type", "multipart/form-data; boundary=" + boundary)
            .POST(body)
            .build();
    String name = text(answer(request), "filename");
    return name.substring(name.lastIndexOf('/') + 1);
  }

  private String start(String jar, Place.Order order, FlinkPlace.Start start)
      throws IOException, InterruptedException {
    var call = new LinkedHashMap<String, Object>();
    call.put("entryClass", JobMain.class.getName());
    call.put(
        "programArgsList",
        List.of(
            order.id(), JobText.of(order.job()).text(), order.extension(), order.out().toString()));
    if (start.parallelism() > 0) {
      call.put("parallelism", start.parallelism());
    }
    if (start.savepoint() != null) {
      call.put("savepointPath", start.savepoint());
    }
    return text(
        call("POST", "/jars/" + jar + "/run", BodyPublishers.ofString(Json.text(call))), "jobid");
  }

  private Place.Done watched(String job, Consumer<Tally> progress)
      throws IOException, InterruptedException {
    int missed = 0;
    while (true) {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
      try {
        String state = text(call("GET", "/jobs/" + job, null), "state");
        Tally tally = tally(job);
        switch (state) {
          case "FINISHED" -> {
            return ended(job)
                ? new Place.Done(tally, Place.Ending.FINISHED, null)
                : new Place.Done(
                    tally, Place.Ending.STOPPED, "it was stopped with a savepoint on the cluster");
          }
          case "FAILED" -> {
            Fields told = call("GET", "/jobs/" + job + "/exceptions", null);
            return failed(tally, Causes.sentence(String.valueOf(told.get("root-exception"))));
          }
          case "CANCELED" -> {
            return failed(tally, "it was cancelled on the cluster");
          }
          case "SUSPENDED" -> {
            return failed(tally, "the cluster was shut down");
          }
          default -> progress.accept(tally);
        }
        missed = 0;
      } catch (FileNotFoundException e) {
        return UNKNOWN;
      } catch (IOException e) {
        if (++missed > MISSED_LOOKS) {
          throw e;
        }
      }
    }
  }

  private static Place.Done failed(Tally tally, String why) {
    return new Place.Done(tally, Place.Ending.FAILED, why);
  }

  /// Whether the job came to the end of its input.
  private boolean ended(String job) throws IOException, InterruptedException {
    return accumulators(job).getOrDefault(Totals.ENDED, 0L) > 0;
  }

  private Tally tally(String job) throws IOException, InterruptedException {
    Map<String, Long> sums = accumulators(job);
    return Totals.tally(name -> sums.getOrDefault(name, 0L));
  }

  private Map<String, Long> accumulators(String job) throws IOException, InterruptedException {
    Map<String, Long> sums = new HashMap<>();
    Fields told = call("GET", "/jobs/" + job + "/accumulators", null);
    if (told.get("user-task-accumulators") instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof Fields accumulator) {
          // Flink shows a counter as `LongCounter 42`.
          String value = String.valueOf(accumulator.get("value")).replaceAll("[^0-9]", "");
          if (!value.isEmpty()) {
            sums.put(String.valueOf(accumulator.get("name")), Long.parseLong(value));
          }
        }
      }
    }
    return sums;
  }

  private Fields call(String method, String path, @Nullable BodyPublisher body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(cluster.resolve(path)).timeout(Duration.ofMinutes(2));
    if (body == null) {
      request.GET();
    } else {
      request.header("Content-Type", "application/json").method(method, body);
    }
    return answer(request.build());
  }

  private Fields answer(HttpRequest request) throws IOException, InterruptedException {
    var response = client.send(request, BodyHandlers.ofByteArray());
    Object read;
    try {
      read = Json.read(response.body());
    } catch (RuntimeException e) {
      throw new IOException("its answer to %s is no JSON".formatted(request.uri().getPath()), e);
    }
    if (!(read instanceof Fields fields)) {
      throw new IOException("its answer to %s is no object".formatted(request.uri().getPath()));
    }
    if (response.statusCode() == 404) {
      throw new FileNotFoundException(request.uri().getPath());
    }
    if (response.statusCode() >= 300) {
      Object errors = fields.get("errors");
      String trace =
          errors instanceof List<?> list && !list.isEmpty()
              ? String.valueOf(list.getLast())
              : new String(response.body(), StandardCharsets.UTF_8);
      throw new UserException("The Flink cluster refused the job: " + Causes.sentence(trace));
    }
    return fields;
  }

  private static String text(Fields fields, String name) throws IOException {
    String text = fields.text(name);
    if (text == null) {
      throw new IOException("its answer has no '" + name + "'");
    }
    return text;
  }
}
