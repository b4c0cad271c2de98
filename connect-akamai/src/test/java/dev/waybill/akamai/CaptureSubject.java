package dev.waybill.akamai;

import dev.waybill.Fields;
import dev.waybill.Item;
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

/// The destination in front of [CaptureServer], opened as a user does.
final class CaptureSubject implements Subject<Fields> {

  private final CaptureServer server = new CaptureServer();
  private final Map<String, String> options = new HashMap<>();

  CaptureSubject(Map<String, String> options) throws IOException {
    this.options.put("client-id", CaptureServer.CLIENT);
    this.options.put("client-secret", CaptureServer.SECRET);
    this.options.put("timeout", "5s");
    this.options.putAll(options);
  }

  CaptureServer server() {
    return server;
  }

  @Override
  public Destination<Fields> open() {
    var provider = new AkamaiProvider();
    return provider.open(
        "akamai:" + server.uri(),
        Options.of("akamai", provider.options(), options),
        new Delivery(Fixtures.COLUMNS, List.of(), List.of()));
  }

  private static String email(long ordinal) {
    // Every seventh has a character that can not stand in a filter.
    return (ordinal % 7 == 2 ? "o'hara+" : "user+") + ordinal + "@example.com";
  }

  @Override
  public Item<Fields> valid(long ordinal) {
    return Fixtures.item(ordinal, email(ordinal), "Name " + ordinal);
  }

  @Override
  public Optional<Item<Fields>> invalid(long ordinal) {
    return Optional.of(Fixtures.item(ordinal, email(ordinal), ""));
  }

  @Override
  public int timesApplied(Item<Fields> item) {
    return server.entity(String.valueOf(item.payload().text("email"))) == null ? 0 : 1;
  }

  @Override
  public long applied() {
    return server.count();
  }

  @Override
  public FarSide breakDown() {
    server.stop();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() throws IOException {
    server.restart();
  }

  @Override
  public List<String> secrets() {
    return List.of(CaptureServer.SECRET, CaptureServer.TOKEN);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(server.calls());
  }

  @Override
  public void close() {
    server.stop();
  }
}
