package dev.waybill.testkit;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.sim.SimulatedDestination;
import dev.waybill.sim.SimulationProvider;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// The simulated destination under the contract.
final class SimulatedSubject implements Subject<Fields> {

  private static final FieldNames NAMES = FieldNames.of("email", "name");
  private final SimulatedDestination destination;

  SimulatedSubject(Map<String, String> options) {
    var provider = new SimulationProvider();
    destination =
        (SimulatedDestination)
            provider.open(
                "sim:",
                Options.of("sim", provider.options(), options),
                new Delivery(NAMES, List.of(), List.of("email")));
  }

  @Override
  public Destination<Fields> open() {
    return destination;
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
    return destination.service().truth().timesApplied(item.ordinal());
  }

  @Override
  public long applied() {
    return destination.service().truth().applied();
  }

  @Override
  public FarSide breakDown() {
    destination.service().goDown();
    return FarSide.BROKEN;
  }

  @Override
  public void mend() {
    destination.service().comeBack();
  }

  @Override
  public OptionalLong calls() {
    return OptionalLong.of(destination.service().truth().calls());
  }

  @Override
  public void close() {}
}
