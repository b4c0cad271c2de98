package dev.waybill.http;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.testkit.Subject;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The simulator's `/records` as the far side, and the destination set up for it by options alone.
final class SimulatedApi implements Subject<Fields> {

  private static final FieldNames NAMES = FieldNames.of("email", "name");
  private static final String TOKEN = "t0ken-of-some-length";

  private final SimulatorServer server;
  private final Map<String, String> options;

  SimulatedApi(Map<String, String> behaviour, Map<String, String> options) {
    var settings = new HashMap<>(behaviour);
    settings.put("bad", "email endsWith @invalid.example");
    settings.put("key", "email");
    settings.put("token", TOKEN);
    server = SimulatorServer.start(settings);
    this.options = new HashMap<>(options);
    this.options.putAll(
        Map.of(
            "auth", "bearer",
            "token", TOKEN,
            "results", "/results",
            "code", "/error/code",
            "message", "/error/message",
            "suspects", "/error/positions/*",
            "answer-timeout", "5s"));
  }

  @Override
  public Destination<Fields> open() {
    var provider = new HttpProvider();
    return provider.open(
        server.uri() + "/records",
        Options.of("http", provider.options(), options),
        new Delivery(NAMES, List.of(), List.of("email")));
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return item(ordinal, "p" + ordinal + "@example.com");
  }

  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    return Optional.of(item(ordinal, "p" + ordinal + "@invalid.example"));
  }

  private static Item<Fields> item(long ordinal, String email) {
    return new Item<>(ordinal, email, Fields.of(NAMES, email, "P " + ordinal), null);
  }

  @Override
  public int timesApplied(Item<Fields> item) {
    String email = String.valueOf(item.payload().text("email"));
    return (int) server.count(truth -> truth.timesApplied(email));
  }

  @Override
  public long applied() {
    return server.count(GroundTruth::applied);
  }

  @Override
  public FarSide breakDown() throws IOException {
    server.goDown();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() throws IOException {
    server.comeBack();
  }

  @Override
  public List<String> secrets() {
    return List.of(TOKEN);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(server.count(GroundTruth::calls));
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
