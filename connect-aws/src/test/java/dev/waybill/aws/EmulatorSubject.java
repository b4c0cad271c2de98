package dev.waybill.aws;

import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.testkit.Subject;
import dev.waybill.testkit.aws.AwsFault;
import dev.waybill.testkit.aws.Effect;
import dev.waybill.testkit.aws.WithholdingProxy;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;

/// One of the services, with an emulator behind a proxy as its far side. Each has a stream, queue
/// or table of its own, since the emulator goes on from test to test.
final class EmulatorSubject implements Subject<String> {

  private static final AtomicInteger NAMES = new AtomicInteger();

  private final Emulator emulator;
  private final WithholdingProxy proxy;
  private final AwsConnection connection;
  private final String name = "orders-" + NAMES.incrementAndGet();
  private final EmulatedStore store;
  private List<String> seen = List.of();
  private int seenAfter = -1;

  private EmulatorSubject(Emulator emulator) {
    this.emulator = emulator;
    this.proxy = emulator.behindProxy();
    this.connection = Fakes.connection(proxy.endpoint());
    this.store = emulator.create(connection, name);
  }

  static EmulatorSubject of(Emulator emulator) {
    return new EmulatorSubject(emulator);
  }

  WithholdingProxy proxy() {
    return proxy;
  }

  AwsConnection connection() {
    return connection;
  }

  EmulatedStore store() {
    return store;
  }

  /// The stream, queue or table; a FIFO queue's without its end.
  String name() {
    return name;
  }

  @Override
  public Destination<String> open() {
    return emulator.service.open(connection, name);
  }

  @Override
  public Item<String> valid(long ordinal) {
    return Item.of(ordinal, "item-%06d".formatted(ordinal));
  }

  @Override
  public Optional<Item<String>> invalid(long ordinal) {
    return switch (emulator.service) {
      case KINESIS -> Optional.of(new Item<>(ordinal, "k".repeat(257), "item", null));
      case DYNAMODB -> Optional.of(Item.of(ordinal, ""));
      default -> Optional.of(Item.of(ordinal, "item\u0001"));
    };
  }

  @Override
  public int timesApplied(Item<String> item) {
    return Collections.frequency(texts(), item.payload());
  }

  @Override
  public long applied() {
    return texts().size();
  }

  /// Read again only after another call was made: 500 records take a while.
  private List<String> texts() {
    int calls = proxy.calls().size();
    if (calls != seenAfter) {
      seen = store.texts();
      seenAfter = calls;
    }
    return seen;
  }

  @Override
  public FarSide breakDown() {
    proxy.faults().always(AwsFault.cut(Effect.NOT_APPLIED));
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    proxy.faults().clear();
  }

  @Override
  public List<String> secrets() {
    return List.of(Fakes.SECRET);
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(proxy.calls().size());
  }

  @Override
  public void close() {
    store.close();
    proxy.close();
  }
}
