package dev.waybill.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.spi.Intake;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.Options;
import dev.waybill.spi.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Reads a live source as a run does, and keeps all that it gives.
final class Reader implements LiveSource.Host, Intake<Fields>, AutoCloseable {

  private static final Duration LONGEST = Duration.ofSeconds(60);

  /// Between lives: what the ledger keeps.
  static final class Ledger {
    @Nullable String bookmark;
  }

  private final Ledger ledger;
  final LiveSource source;
  final List<Item<Fields>> items = new ArrayList<>();
  final List<Reason> refusals = new ArrayList<>();

  Reader(Ledger ledger, String address, Map<String, String> options) {
    this.ledger = ledger;
    this.source = open(address, options);
    source.start(this);
  }

  static LiveSource open(String address, Map<String, String> options) {
    var provider = new PostgresChangesProvider();
    assertThat(provider.recognizes(address)).isTrue();
    return provider.open(address, Options.of(provider.name(), provider.options(), options));
  }

  /// What a sample shows.
  static final class Collected implements Intake<Fields> {

    private final List<String> texts = new ArrayList<>();

    List<String> texts() {
      return texts;
    }

    @Override
    public void accept(Item<Fields> item) {
      texts.add(Json.text(item.payload()));
    }

    @Override
    public void refuse(Item<Fields> item, Reason reason) {
      throw new AssertionError(reason.toString());
    }
  }

  static Reader of(Ledger ledger, String table, String... more) {
    var options = new HashMap<String, String>();
    options.put("table", table);
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    return new Reader(ledger, PostgresServer.address(), options);
  }

  /// Polls until there are so many records.
  Reader until(int records) {
    return until(() -> items.size() + refusals.size() >= records);
  }

  Reader until(BooleanSupplier reached) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!reached.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("waited long enough for more than " + texts())
          .isLessThan(end);
      source.poll(this, 100, Duration.ofMillis(50));
    }
    return this;
  }

  /// The records from this one on, as JSON.
  List<String> texts() {
    return items.stream().map(item -> Json.text(item.payload())).toList();
  }

  List<Position> positions() {
    return items.stream().map(Reader::position).toList();
  }

  private static Position position(Item<Fields> item) {
    return Position.of(Objects.requireNonNull(item.origin()));
  }

  /// The first so many are settled.
  Reader settle(int records) {
    var upTo = new HashMap<String, Position>();
    items.stream()
        .limit(records)
        .forEach(item -> upTo.put(position(item).partition(), position(item)));
    source.settled(upTo);
    return this;
  }

  @Override
  public void accept(Item<Fields> item) {
    Origin origin = Objects.requireNonNull(item.origin());
    assertThat(origin.bytes().toString()).isEqualTo(Json.text(item.payload()));
    items.add(item);
  }

  @Override
  public void refuse(Item<Fields> item, Reason reason) {
    refusals.add(reason);
  }

  @Override
  public @Nullable String bookmark() {
    return ledger.bookmark;
  }

  @Override
  public void bookmark(String text) {
    ledger.bookmark = text;
  }

  @Override
  public Map<String, Position> release(Set<String> partitions) {
    throw new AssertionError("nobody else reads");
  }

  @Override
  public void committed(Map<String, Position> upTo) {
    throw new AssertionError("the server may forget what it was told");
  }

  @Override
  public void close() {
    source.close();
  }
}
