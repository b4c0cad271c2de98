package dev.waybill.http;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// A destination in front of a scripted server, and records to send to it.
final class Fixture implements AutoCloseable {

  static final FieldNames COLUMNS = FieldNames.of("id", "name");

  final ScriptedServer server = ScriptedServer.start();
  private final Map<String, String> options = new HashMap<>();
  private String path = "/things";
  Instant now = Instant.parse("2026-11-21T08:00:00Z");

  Fixture with(String option, String value) {
    options.put(option, value);
    return this;
  }

  Fixture at(String newPath) {
    path = newPath;
    return this;
  }

  Fixture answering(int status, String body, String... headers) {
    server.play(Act.answer(status, body, headers));
    return this;
  }

  Destination<Fields> open() {
    InstantSource clock = () -> now;
    var provider = new HttpProvider(clock);
    return provider.open(
        server.uri("").toString() + path,
        Options.of("http", provider.options(), options),
        new Delivery(COLUMNS, List.of(), List.of("id")));
  }

  Destination<Fields> openDeleting() {
    InstantSource clock = () -> now;
    var provider = new HttpProvider(clock);
    return provider.openDeleting(
        server.uri("").toString() + path,
        Options.of("http", provider.options(), options),
        new Delivery(FieldNames.of("id"), List.of(), List.of("id")));
  }

  /// Sends `count` records in one call.
  Reply send(int count) throws InterruptedException {
    try (var destination = open()) {
      return destination.send(batch(count));
    }
  }

  /// The body of the last request.
  String sent() {
    return server.requests().getLast().text();
  }

  static Batch<Fields> batch(int count) {
    return new Batch<>(
        1, IntStream.rangeClosed(1, count).mapToObj(Fixture::item).toList(), 1, "key");
  }

  static Item<Fields> item(int ordinal) {
    return new Item<>(
        ordinal, "r" + ordinal, Fields.of(COLUMNS, "r" + ordinal, "Name " + ordinal), null);
  }

  @Override
  public void close() {
    server.close();
  }
}
