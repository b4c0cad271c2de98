package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.sim.GroundTruth;
import dev.waybill.sim.SimulatorServer;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "simulate",
    customSynopsis = "waybill simulate [--port N] [OPTIONS]",
    header = "Serve an API on this machine that misbehaves as it is told.",
    description = {
      "",
      "Takes records at POST /records and at POST /entity.bulkCreate, until Ctrl-C; then tells what"
          + " it really has. docs/simulate.md has all of it.",
      ""
    },
    footer = {
      "",
      "Example:",
      "  Refuse one record in a hundred, and throttle one call in ten for 2 seconds",
      "    waybill simulate --bad 0.01 --throttle 0.1 --retry-after 2s"
    })
final class SimulateCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description = "Where to listen; 0 for any port that is free (default 8080).")
  private int port;

  /// Adds the simulator's own options as flags. Done only for this command, since it takes time.
  static void addOptions(CommandSpec command) {
    for (dev.waybill.spi.Option option : SimulatorServer.options()) {
      String usual =
          option.defaultValue() == null ? "" : " (default " + option.defaultValue() + ")";
      command.addOption(
          OptionSpec.builder("--" + option.name())
              .type(String.class)
              .paramLabel("VALUE")
              .description((option.description() + usual).replace("%", "%%"))
              .build());
    }
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException("--port takes a number from 0 to " + HIGHEST_PORT + ".");
    }
    Options options = Options.of("simulate", SimulatorServer.options(), given());
    try (var server = SimulatorServer.start(port, options)) {
      var ended = new CountDownLatch(1);
      Signals.onEnding(ended::countDown);
      greet(waybill.console().out(), server);
      ended.await();
      server.goDown();
      tell(waybill.console().out(), server);
    }
    return ExitCode.ALL_DELIVERED.code;
  }

  private Map<String, String> given() {
    var given = new LinkedHashMap<String, String>();
    if (spec != null) {
      for (dev.waybill.spi.Option option : SimulatorServer.options()) {
        String value =
            spec.commandLine().getParseResult().matchedOptionValue("--" + option.name(), null);
        if (value != null) {
          given.put(option.name(), value);
        }
      }
    }
    return given;
  }

  private static void greet(PrintWriter out, SimulatorServer server) {
    out.println("Listening on " + server.uri() + " until Ctrl-C. To try it, in another terminal:");
    out.println();
    out.println("  waybill load FILE --to " + server.uri() + "/records --option results=/results");
    out.println("  curl -si " + server.uri() + "/records -d '[{\"email\":\"ann@example.com\"}]'");
    out.flush();
  }

  private static void tell(PrintWriter out, SimulatorServer server) {
    out.println();
    out.println(
        "It took "
            + server.count(GroundTruth::calls)
            + " calls with "
            + server.count(GroundTruth::received)
            + " records, and has "
            + server.count(GroundTruth::applied)
            + " records now.");
    out.flush();
  }
}
