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
record EmulatorSubject(
    Emulator emulator,
    WithholdingProxy proxy,
    AwsConnection connection,
    EmulatedStore store,
    String name)
    implements Subject<String> {

  private static final AtomicInteger NAMES = new AtomicInteger();

  static EmulatorSubject of(Emulator emulator) {
    WithholdingProxy proxy = emulator.behindProxy();
    AwsConnection connection = Fakes.connection(proxy.endpoint());
    String name = "orders-" + NAMES.incrementAndGet();
    return new EmulatorSubject(
        emulator, proxy, connection, emulator.create(connection, name), name);
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
    return Collections.frequency(store.texts(), item.payload());
  }

  @Override
  public long applied() {
    return store.texts().size();
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
