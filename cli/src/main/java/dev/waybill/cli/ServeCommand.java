package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.cli.view.Screen;
import dev.waybill.server.Server;
import dev.waybill.server.ServerSettings;
import dev.waybill.server.access.AccessRoom;
import dev.waybill.server.access.FirstToken;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.server.http.HttpSettings;
import dev.waybill.server.http.TlsFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "serve",
    customSynopsis = "waybill serve [OPTIONS]",
    header = "Run flows on schedule or on demand, over REST and a page.",
    description = {
      "",
      "Keeps flows, runs them, and shows what became of each record, until Ctrl-C. Runs that are not"
          + " over then, or when the process is killed, go on at the next start.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  Look at it with made-up data",
      "    waybill serve --demo",
      "  With the job files of a folder as flows",
      "    waybill serve --flows flows --org acme",
      "  Make somebody a token for REST and the page",
      "    waybill token create --name ann --org acme --role admin"
    })
final class ServeCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8420",
      description = "Where to listen; 0 for any port that is free (default 8420).")
  private int port;

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen at; 0.0.0.0 for all of this machine (default 127.0.0.1: this"
              + " machine only).")
  private String host = "";

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Option(
      names = "--flows",
      paramLabel = "DIR",
      description = "A folder of job files; each is a flow, and what changes there changes it.")
  private @Nullable Path flows;

  @Option(
      names = "--org",
      paramLabel = "NAME",
      defaultValue = "local",
      description = "The organisation of the folder's flows (default local).")
  private String organisation = "";

  @Option(
      names = "--sandbox",
      paramLabel = "NAME",
      defaultValue = "prod",
      description = "Their sandbox (default prod).")
  private String sandbox = "";

  @Option(
      names = "--files-under",
      paramLabel = "DIR",
      description =
          "Flows of REST and the page read and write files below this directory only, and relative"
              + " paths start there (default: the working directory). Several by repeating.")
  private List<Path> filesUnder = new ArrayList<>();

  @Option(
      names = "--runs-at-once",
      paramLabel = "N",
      defaultValue = "4",
      description = "So many runs at a time; others wait (default 4).")
  private int runsAtOnce;

  @Option(
      names = "--tls-certificates",
      paramLabel = "FILE",
      description = "Speak https, with the certificates in this PEM file.")
  private @Nullable Path certificates;

  @Option(
      names = "--tls-key",
      paramLabel = "FILE",
      description = "The certificate's key, a PEM file.")
  private @Nullable Path key;

  @Option(
      names = "--behind-proxy",
      description =
          "Believe X-Forwarded-For. Only where nobody can reach the port but through a proxy.")
  private boolean behindProxy;

  @Option(names = "--access-log", description = "A line of log for each request.")
  private boolean accessLog;

  @Option(
      names = "--demo",
      description =
          "Show it with made-up data and a simulated API in trouble, in a directory that is removed"
              + " at the end.")
  private boolean demo;

  @ArgGroup(validate = false, order = 5, heading = "%nWhat flows may, and who:%n")
  private AccessFlags access = new AccessFlags();

  @ArgGroup(validate = false, order = 6, heading = "%nAlerts:%n")
  private AlertFlags alerts = new AlertFlags();

  @Override
  public Integer call() throws InterruptedException {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new UserException("--port takes a number from 0 to " + HIGHEST_PORT + ".");
    }
    if (runsAtOnce < 1) {
      throw new UserException("--runs-at-once takes a whole number from 1 on.");
    }
    ServerLog.begin(waybill.isVerbose());
    var ended = new CountDownLatch(1);
    Signals.onEnding(ended::countDown);
    if (demo) {
      try (Demo shown = Demo.start(http())) {
        shown.greet(waybill.console().out());
        ended.await();
      }
    } else {
      try (Server server = Server.start(settings())) {
        waybill
            .console()
            .out()
            .println("Serving at " + server.address() + " until Ctrl-C, from " + service.data());
        FirstToken.lines(server.rooms().access(), organisation, reader(), service.hint())
            .forEach(waybill.console().out()::println);
        waybill.console().out().flush();
        ended.await();
        waybill.console().err().println("Ending; runs that are not over go on at the next start.");
        waybill.console().err().flush();
      }
    }
    return ExitCode.ALL_DELIVERED.code;
  }

  private FirstToken.Reader reader() {
    return waybill.console().outScreen().kind() == Screen.Kind.TERMINAL
        ? FirstToken.Reader.PERSON
        : FirstToken.Reader.LOG;
  }

  private ServerSettings settings() {
    AccessRoom.Settings allowed = access.settings();
    return new ServerSettings(
        service.data(),
        service.database(),
        http(),
        filesUnder.isEmpty() ? List.of(Path.of("")) : filesUnder,
        runsAtOnce,
        flows,
        new Tenant(organisation, sandbox),
        allowed,
        alerts.settings(allowed.addresses()),
        System.getenv());
  }

  private HttpSettings http() {
    HttpSettings settings = HttpSettings.loopback(port).withHost(host);
    if ((certificates == null) != (key == null)) {
      throw new UserException("--tls-certificates and --tls-key are given together.");
    }
    if (certificates != null && key != null) {
      settings = settings.withTls(new TlsFiles(certificates, key));
    }
    if (behindProxy) {
      settings = settings.withProxy(HttpSettings.Proxy.TRUSTED);
    }
    return accessLog ? settings.withAccessLog(HttpSettings.AccessLog.ON) : settings;
  }
}
