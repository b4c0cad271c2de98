package dev.waybill.flink.job;

import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flink.Totals;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.place.Place;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Flink: a cluster inside this process (`flink:local`), or one that is there
/// (`flink://HOST:PORT`); behind it `?parallelism=N`, and for a cluster `&savepoint=PLACE`.
public final class FlinkPlace implements Place {

  /// For the service loader.
  public FlinkPlace() {}

  /// What stands behind an address.
  ///
  /// @param parallelism 0 for the cluster's own
  /// @param savepoint where to go on from; null for the beginning
  record Start(int parallelism, @Nullable String savepoint) {}

  @Override
  public String scheme() {
    return "flink";
  }

  @Override
  public Done run(String address, Order order, Consumer<Tally> progress)
      throws InterruptedException {
    Start start = start(address);
    if (isLocal(address) && start.savepoint() == null) {
      int parallelism = start.parallelism() == 0 ? usual(order.job()) : start.parallelism();
      return LocalFlink.run(order, parallelism, progress);
    }
    return remote(address).run(order, start, progress);
  }

  @Override
  public Done await(String address, String id, Consumer<Tally> progress)
      throws InterruptedException {
    return isLocal(address)
        ? new Done(Totals.tally(name -> 0), Ending.FAILED, "the program that did it has ended")
        : remote(address).await(id, progress);
  }

  @Override
  public boolean goesOn(String address) {
    return start(address).savepoint() != null;
  }

  @Override
  public boolean outlivesProgram(String address) {
    return !isLocal(address);
  }

  /// Two, to show that it can be shared, unless the job allows one call at a time.
  private static int usual(Job job) {
    return "1".equals(job.settings().get(JobKey.CONCURRENCY)) ? 1 : 2;
  }

  private static boolean isLocal(String address) {
    return place(address).equals("flink:local");
  }

  private static String place(String address) {
    int question = address.indexOf('?');
    return question < 0 ? address : address.substring(0, question);
  }

  private static RemoteFlink remote(String address) {
    String place = place(address);
    if (!place.matches("flink://[A-Za-z0-9.\\[\\]:-]+:[0-9]{1,5}")) {
      throw new UserException(
          "--on takes flink:local or flink://HOST:PORT, not '" + address + "'.");
    }
    return new RemoteFlink(URI.create("http://" + place.substring("flink://".length())));
  }

  private static Start start(String address) {
    int parallelism = 0;
    String savepoint = null;
    int question = address.indexOf('?');
    if (question < 0) {
      return new Start(0, null);
    }
    for (String part : address.substring(question + 1).split("&", -1)) {
      int equals = part.indexOf('=');
      String value = part.substring(equals + 1);
      switch (equals < 0 ? "" : part.substring(0, equals)) {
        case "parallelism" -> parallelism = number(value);
        case "savepoint" -> savepoint = value;
        default ->
            throw new UserException(
                "--on takes ?parallelism=NUMBER and &savepoint=PLACE behind the address, not '"
                    + part
                    + "'.");
      }
    }
    return new Start(parallelism, savepoint);
  }

  private static int number(String value) {
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new UserException("--on takes ?parallelism=NUMBER, not '" + value + "'.");
    }
    return Integer.parseInt(value);
  }
}
