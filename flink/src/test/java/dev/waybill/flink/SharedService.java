package dev.waybill.flink;

import dev.waybill.Batch;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reply;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.sim.SimulatedDestination;
import dev.waybill.sim.SimulatedService;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/// A simulated service that all subtasks of a job in this process deliver to.
final class SharedService {

  private static final Map<String, SimulatedDestination> BY_NAME = new ConcurrentHashMap<>();

  private SharedService() {}

  /// Starts it, with the options of `sim:`.
  static SimulatedService start(String name, Map<String, String> options) {
    DestinationProvider sim = Connectors.found().destination("sim:");
    var destination =
        (SimulatedDestination)
            sim.open(
                "sim:",
                Options.of("sim", sim.options(), options),
                new Delivery(FieldNames.of(), List.of(), List.of()));
    BY_NAME.put(name, destination);
    return destination.service();
  }

  /// Opens it for a subtask; closing it there changes nothing.
  static Opener<Fields> opener(String name) {
    return () -> new Open(Objects.requireNonNull(BY_NAME.get(name)));
  }

  private record Open(SimulatedDestination destination) implements Destination<Fields> {

    @Override
    public Traits traits() {
      return destination.traits();
    }

    @Override
    public Reply send(Batch<Fields> batch) throws InterruptedException {
      return destination.send(batch);
    }

    @Override
    public long bytesOf(Item<Fields> item) {
      return destination.bytesOf(item);
    }

    @Override
    public void close() {}
  }
}
