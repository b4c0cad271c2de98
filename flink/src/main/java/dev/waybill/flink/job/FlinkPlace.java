package dev.waybill.flink.job;

import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flow.place.Place;
import java.net.URI;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Flink: a cluster inside this process (`flink:local`), or one that is there
/// (`flink://HOST:PORT`); with `?parallelism=N` behind it.
public final class FlinkPlace implements Place {

  private static final String LOCAL = "local";
  private static final String PARALLELISM = "parallelism=";

  /// For the service loader.
  public FlinkPlace() {}

  @Override
  public String scheme() {
    return "flink";
  }

  @Override
  public Done run(String address, Order order, Consumer<Tally> progress)
      throws InterruptedException {
    int question = address.indexOf('?');
    String place = question < 0 ? address : address.substring(0, question);
    int parallelism = question < 0 ? 0 : parallelism(address.substring(question + 1));
    if (place.equals("flink:" + LOCAL)) {
      return LocalFlink.run(order, parallelism == 0 ? 2 : parallelism, progress);
    }
    String host = host(place);
    if (host == null) {
      throw new UserException("--on takes flink:local or flink://HOST:PORT, not '" + address + "'.");
    }
    return new RemoteFlink(URI.create("http://" + host)).run(order, parallelism, progress);
  }

  private static @Nullable String host(String place) {
    return place.matches("flink://[A-Za-z0-9.\\[\\]:-]+:[0-9]{1,5}")
        ? place.substring("flink://".length())
        : null;
  }

  private static int parallelism(String query) {
    String number = query.startsWith(PARALLELISM) ? query.substring(PARALLELISM.length()) : "";
    if (!number.matches("[1-9][0-9]{0,3}")) {
      throw new UserException("--on takes '?parallelism=NUMBER' and nothing else behind the address.");
    }
    return Integer.parseInt(number);
  }
}
