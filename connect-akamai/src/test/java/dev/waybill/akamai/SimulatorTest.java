package dev.waybill.akamai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.sim.Fault;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits.Idempotence;
import dev.waybill.spi.Verifier;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Loads through a simulated API that goes wrong in every way it can, as simply as it can be done
/// right: whoever does what replies and verdicts say must end with the server's own account.
class SimulatorTest {

  private static final int RECORDS = 320;
  private static final int BATCH = 8;

  private final Map<Long, String> delivered = new HashMap<>();
  private final Set<Long> rejected = new HashSet<>();

  @ParameterizedTest
  @ValueSource(strings = {"off", "unnamed"})
  void accountsOfACreatingLoadAgreeWithTheServer(String refuse) throws Exception {
    try (var server = SimulatorServer.start(faults("refuse", refuse));
        Destination<Fields> destination = open(server, Map.of())) {
      load(destination);

      agree(server);
      assertThat(server.count(truth -> truth.count(Fault.DROPPED))).isPositive();
      assertThat(server.count(truth -> truth.count(Fault.HALF_ANSWERED))).isPositive();
      assertThat(server.count(truth -> truth.count(Fault.NONSENSE))).isPositive();
      assertThat(server.count(truth -> truth.count(Fault.THROTTLED))).isPositive();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"off", "unnamed"})
  void accountsOfADeltaLoadAgreeWithTheServer(String refuse) throws Exception {
    try (var server = SimulatorServer.start(faults("refuse", refuse));
        Destination<Fields> destination =
            open(server, Map.of("mode", "delta", "update-rate", "0"))) {
      load(destination);

      agree(server);
    }
  }

  private void agree(SimulatorServer server) {
    assertThat(delivered.size() + rejected.size()).isEqualTo(RECORDS);
    assertThat(rejected).hasSize(RECORDS / 10).allMatch(SimulatorTest::isBad);
    assertThat(server.count(GroundTruth::applied)).isEqualTo(delivered.size());
    assertThat(server.count(GroundTruth::repeated)).isZero();
    for (long ordinal : delivered.keySet()) {
      assertThat(server.count(truth -> truth.timesApplied(email(ordinal)))).isOne();
    }
  }

  private void load(Destination<Fields> destination) throws InterruptedException {
    for (long first = 1; first <= RECORDS; first += BATCH) {
      var items = new ArrayList<Item<Fields>>();
      for (long ordinal = first; ordinal < first + BATCH; ordinal++) {
        items.add(Fixtures.item(ordinal, email(ordinal), "Name"));
      }
      deliver(destination, items);
    }
  }

  private void deliver(Destination<Fields> destination, List<Item<Fields>> items)
      throws InterruptedException {
    if (items.isEmpty()) {
      return;
    }
    switch (destination.send(new Batch<>(1, List.copyOf(items), 1, "key"))) {
      case Reply.Answered answered -> {
        var again = new ArrayList<Item<Fields>>();
        var doubtful = new ArrayList<Item<Fields>>();
        for (int i = 0; i < items.size(); i++) {
          Item<Fields> item = items.get(i);
          switch (answered.verdicts().get(i)) {
            case Verdict.Accepted accepted -> delivered.put(item.ordinal(), "" + accepted.id());
            case Verdict.Rejected duplicate when duplicate.kind() == Kind.DUPLICATE ->
                throw new AssertionError("no record was sent twice without being asked for");
            case Verdict.Rejected fault -> rejected.add(item.ordinal());
            case Verdict.Deferred later -> again.add(item);
            case Verdict.InDoubt doubt -> doubtful.add(item);
          }
        }
        deliver(destination, again);
        resolve(destination, doubtful);
      }
      case Reply.Refused refused -> {
        int half = items.size() / 2;
        deliver(destination, items.subList(0, half));
        deliver(destination, items.subList(half, items.size()));
      }
      case Reply.InDoubt doubt -> resolve(destination, items);
      case Reply.Throttled throttled -> deliver(destination, items);
      case Reply.Unavailable unavailable -> deliver(destination, items);
      case Reply.TooLarge tooLarge -> throw new AssertionError(tooLarge.toString());
      case Reply.Fatal fatal -> throw new AssertionError(fatal.toString());
    }
  }

  private void resolve(Destination<Fields> destination, List<Item<Fields>> items)
      throws InterruptedException {
    boolean repeatable = destination.traits().idempotence() == Idempotence.IDEMPOTENT;
    if (items.isEmpty() || repeatable) {
      deliver(destination, items);
      return;
    }
    switch (((Verifier<Fields>) destination).find(items)) {
      case Findings.Failed failed -> resolve(destination, items);
      case Findings.Found found -> {
        var absent = new ArrayList<Item<Fields>>();
        for (int i = 0; i < items.size(); i++) {
          switch (found.presences().get(i)) {
            case Presence.Present present ->
                delivered.put(items.get(i).ordinal(), "" + present.id());
            case Presence.Absent none -> absent.add(items.get(i));
            case Presence.Undecided undecided -> throw new AssertionError(undecided.toString());
          }
        }
        deliver(destination, absent);
      }
    }
  }

  private static String email(long ordinal) {
    return "u" + ordinal + (isBad(ordinal) ? "@invalid.example" : "@example.com");
  }

  private static boolean isBad(long ordinal) {
    return ordinal % 10 == 3;
  }

  private static Map<String, String> faults(String... namesAndValues) {
    var settings = new HashMap<String, String>();
    settings.put("unique", "email");
    settings.put("bad", "email endsWith @invalid.example");
    settings.put("client-id", CaptureServer.CLIENT);
    settings.put("client-secret", CaptureServer.SECRET);
    for (String fault :
        List.of("throttle", "fail-before", "fail-after", "drop", "half", "nonsense", "defer")) {
      settings.put(fault, "0.08");
    }
    settings.put("retry-after", "0s");
    for (int i = 0; i < namesAndValues.length; i += 2) {
      settings.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return settings;
  }

  private static Destination<Fields> open(SimulatorServer server, Map<String, String> more) {
    var options = new HashMap<>(more);
    options.put("client-id", CaptureServer.CLIENT);
    options.put("client-secret", CaptureServer.SECRET);
    options.put("auth", "signature");
    var provider = new AkamaiProvider();
    return provider.open(
        "akamai:" + server.uri(),
        Options.of("akamai", provider.options(), options),
        new Delivery(Fixtures.COLUMNS, List.of(), List.of()));
  }
}
