package dev.waybill.sim;

import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.sim.SimulatedDestination.Ability;
import dev.waybill.sim.SimulatedDestination.Edge;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Traits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// `sim:`, a destination in this process that misbehaves as it is told.
public final class SimulationProvider implements DestinationProvider {

  private static final List<Option> OPTIONS =
      Stream.concat(
              Behaviour.OPTIONS.stream(),
              Stream.of(
                  Option.of("max-items", "10000", "Most records in a call."),
                  Option.of("max-bytes", "0", "Most bytes of JSON in a call; 0 for no limit."),
                  Option.of("max-in-flight", "1000", "Most calls at the same time."),
                  Option.of("verifiable", "false", "Whether it can be asked what it has."),
                  Option.of("single", "false", "Whether it has a call for a single record."),
                  Option.of("truth", null, "A file for the ground truth, as JSON, at the end.")))
          .toList();

  @Override
  public List<String> schemes() {
    return List.of("sim");
  }

  @Override
  public String summary() {
    return "a simulated destination with seeded faults: sim:";
  }

  @Override
  public List<Option> options() {
    return OPTIONS;
  }

  @Override
  public Destination<Fields> open(String address, Options options, Delivery delivery) {
    if (!address.equals("sim:") && !address.equals("sim")) {
      throw new UserException(
          "'" + address + "': the simulated destination has no address, write sim: alone");
    }
    Behaviour behaviour = Behaviour.of(options);
    var abilities = new ArrayList<Ability>();
    if (options.enabled("verifiable")) {
      if (behaviour.keep() == Behaviour.Keep.COUNTS) {
        throw options.bad("verifiable", "needs keep=hashes or keep=records");
      }
      abilities.add(Ability.VERIFY);
    }
    if (options.enabled("single")) {
      abilities.add(Ability.SEND_SINGLE);
    }
    return SimulatedDestination.with(
        abilities, new SimulatedService(behaviour), traits(behaviour, options), edge(options));
  }

  private static Traits traits(Behaviour behaviour, Options options) {
    Traits traits =
        Traits.of(behaviour.idempotence())
            .maxItems(options.integer("max-items", 1, Integer.MAX_VALUE))
            .maxInFlight(options.integer("max-in-flight", 1, Integer.MAX_VALUE));
    int maxBytes = options.integer("max-bytes", 0, Integer.MAX_VALUE);
    return maxBytes == 0 ? traits : traits.maxBytes(maxBytes, maxBytes);
  }

  private static Edge edge(Options options) {
    String file = options.text("truth");
    if (file == null) {
      return Edge.REAL;
    }
    Path path = Path.of(file);
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null && !Files.isDirectory(folder)) {
      throw options.bad("truth", "needs a file in a folder that is there");
    }
    return new Edge(
        Edge.REAL.clock(), Edge.REAL.pause(), truth -> write(path, Json.text(truth.totals())));
  }

  private static void write(Path path, String text) {
    try {
      Files.writeString(path, text + "\n");
    } catch (IOException e) {
      throw new UserException(
          "the ground truth can not be written to " + path + ": " + e.getMessage(), e);
    }
  }
}
