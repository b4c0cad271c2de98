package dev.waybill.bench;

import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Level;
import java.util.logging.Logger;

/// How long people and programs wait for the service: its start, the page of a run with very many
/// rejected records, a re-trigger, and reads while four runs go on at full speed.
///
/// All but the start is asked of a service in this process, over HTTP, from the request to the last
/// byte of the answer; so the one who asks has a share in the times, by the clock and of the
/// processor.
///
/// Arguments: the launcher, how many rejected records, and for how many seconds to read beside
/// runs.
public final class ServeSpeed {

  private static final int STARTS = 7;
  private static final int WARM_UP = 100;
  private static final int REQUESTS = 50;
  private static final int RETRIGGERS = 20;
  private static final int RUNS = 4;
  private static final int READS_A_SECOND = 200;

  /// Held, because the library forgets the level of a logger that nobody holds.
  private static final Logger LIBRARY = Logger.getLogger("io.helidon");

  private ServeSpeed() {}

  public static void main(String[] arguments) throws Exception {
    String launcher = Path.of(arguments[0]).toAbsolutePath().toString();
    long records = Long.parseLong(arguments[1]);
    int seconds = Integer.parseInt(arguments[2]);
    LIBRARY.setLevel(Level.WARNING);
    System.out.println(Spent.surroundings());
    System.out.printf(
        "%-44s %10s %10s %10s %10s%n", "milliseconds", "goal", "median", "p99", "CPU");
    try (var workspace = Workspace.create()) {
      starts(launcher, workspace);
      Contacts.write(workspace.file("many.csv"), records);
      Contacts.write(workspace.file("few.csv"), 100);
      try (OwnService service = OwnService.start(workspace, RUNS)) {
        String run = service.run(flow(service, "many", refused("many.csv")));
        System.out.printf("(a run with %,d rejected records)%n", service.counts(run).rejected());
        views(service, run);
        retriggers(service);
        besideRuns(service, run, seconds);
      }
    }
    System.out.println(Spent.surroundings());
  }

  private static void starts(String launcher, Workspace workspace) throws Exception {
    var start = new ServeStart(launcher, workspace.inner("starts"));
    // The first one makes the databases, and the archive of classes if there is none.
    start.millis();
    var times = new ArrayList<Double>();
    for (int i = 0; i < STARTS; i++) {
      times.add(start.millis());
    }
    print("start of ./waybill serve, to /health", "< 2,000", times, "");
  }

  private static void views(OwnService service, String run) throws Exception {
    var page = service.page("/runs/" + run);
    view("page of the run", "< 100", service, page);
    view("page of its records", "", service, service.page("/runs/" + run + "/records"));
    view("GET /runs/{id}", "", service, service.read("/runs/" + run));
    String records = "/runs/" + run + "/records";
    view("GET …/records, first page", "", service, service.read(records));
    String some = records + "?disposition=rejected&reason=1943-04-13";
    view("GET …/records, a reason of one in 180", "", service, service.read(some));
    String none = records + "?reason=nothing-of-the-kind";
    view("GET …/records, a reason that none has", "", service, service.read(none));
  }

  private static void view(String what, String goal, OwnService service, HttpRequest request)
      throws Exception {
    for (int i = 0; i < WARM_UP; i++) {
      service.ask(request);
    }
    var times = new ArrayList<Double>();
    Spent spent =
        Spent.on(
            () -> {
              for (int i = 0; i < REQUESTS; i++) {
                times.add(millis(service, request));
              }
            });
    print(what, goal, times, "%.1f".formatted(spent.cpuSeconds() * 1_000 / REQUESTS));
  }

  private static void retriggers(OwnService service) throws Exception {
    String flow = flow(service, "few", refused("few.csv"));
    var runs = new ArrayList<String>();
    for (int i = 0; i <= RETRIGGERS; i++) {
      runs.add(service.run(flow));
    }
    var times = new ArrayList<Double>();
    for (String run : runs) {
      times.add(millis(service, service.act("/runs/" + run + "/action?op=re-trigger", Map.of())));
    }
    print("POST …/action?op=re-trigger", "< 50", times.subList(1, times.size()), "");
  }

  private static void besideRuns(OwnService service, String run, int seconds) throws Exception {
    var over = new AtomicBoolean();
    var delivered = new AtomicLong();
    var failures = new ConcurrentLinkedQueue<Exception>();
    var times = new ConcurrentLinkedQueue<Double>();
    List<HttpRequest> reads =
        List.of(
            service.page("/runs/" + run),
            service.page("/flows"),
            service.read("/runs/" + run),
            service.read("/runs/" + run + "/records"),
            service.read("/flows"));
    int asked = 0;
    long start;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < RUNS; i++) {
        String flow = flow(service, "fast " + i, fast("many.csv"));
        threads.execute(() -> runAgainAndAgain(service, flow, over, delivered, failures));
      }
      start = System.nanoTime();
      for (; asked < READS_A_SECOND * seconds; asked++) {
        long due = start + TimeUnit.SECONDS.toNanos(asked) / READS_A_SECOND;
        LockSupport.parkNanos(due - System.nanoTime());
        HttpRequest read = reads.get(asked % reads.size());
        threads.execute(() -> readOnce(service, read, due, times, failures));
      }
      over.set(true);
    }
    double took = millisSince(start) / 1_000;
    print(
        READS_A_SECOND + " reads/s beside four runs at full speed",
        "no error",
        List.copyOf(times),
        "");
    System.out.printf(
        "  %,d of %,d answered well; the runs delivered %,.0f records/s in all%n",
        times.size(), asked, delivered.get() / took);
    failures.stream().limit(5).forEach(failure -> System.out.println("  " + failure));
  }

  private static void runAgainAndAgain(
      OwnService service,
      String flow,
      AtomicBoolean over,
      AtomicLong delivered,
      Queue<Exception> failures) {
    try {
      while (!over.get()) {
        delivered.addAndGet(service.counts(service.run(flow)).delivered());
      }
    } catch (Exception e) {
      failures.add(e);
    }
  }

  /// Counts the time from when it was due, so that what waits for a slow one is slow too.
  private static void readOnce(
      OwnService service,
      HttpRequest read,
      long due,
      Queue<Double> times,
      Queue<Exception> failures) {
    try {
      service.ask(read);
      times.add(millisSince(due));
    } catch (Exception e) {
      failures.add(e);
    }
  }

  private static String flow(OwnService service, String name, Map<String, ?> job) throws Exception {
    return service.make("/flows", Map.of("name", name, "job", job));
  }

  /// A job whose mapping refuses each record: no birthday in the file is written like that.
  private static Map<String, ?> refused(String file) {
    var birthday =
        Map.of("type", "date", "format", Map.of("in", "dd.MM.yyyy", "out", "yyyy-MM-dd"));
    return job(file, Map.of("key", "id", "fields", Map.of("birthday", birthday)));
  }

  private static Map<String, ?> fast(String file) {
    return job(file, Map.of("key", "id"));
  }

  private static Map<String, ?> job(String file, Map<String, ?> mapping) {
    return Map.of(
        "source", Map.of("files", List.of(file)),
        "destination", Map.of("to", "sim:", "options", Map.of("keep", "counts")),
        "mapping", mapping,
        "policy", Map.of("batch-size", 1_000));
  }

  private static double millis(OwnService service, HttpRequest request) throws Exception {
    long start = System.nanoTime();
    service.ask(request);
    return millisSince(start);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void print(String what, String goal, List<Double> millis, String cpu) {
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    // The nearest rank: of fifty the slowest.
    double p99 = sorted[(int) Math.ceil(0.99 * sorted.length) - 1];
    System.out.printf(
        "%-44s %10s %,10.1f %,10.1f %10s%n", what, goal, Spent.median(sorted), p99, cpu);
  }
}
