package dev.waybill.sim;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/// A [SimulatedService] behind HTTP on loopback, with real network faults. Safe for use by many
/// threads.
public final class SimulatorServer implements AutoCloseable {

  private static final List<Option> OPTIONS =
      Stream.concat(
              Behaviour.OPTIONS.stream()
                  .map(
                      option ->
                          option.name().equals("keep")
                              ? Option.of("keep", "records", option.description())
                              : option),
              Stream.of(
                  Option.of("client-id", null, "The client that may call; everybody if not set."),
                  Option.secret("client-secret", "That client's secret."),
                  Option.secret("token", "An access token that is good.")))
          .toList();

  private final Simulator simulator;
  private final RecordsApi records;
  private final EntityApi entities;
  private final int port;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private ServerSocket listener;
  private Thread accepting = new Thread();

  private SimulatorServer(Simulator simulator, Credentials credentials, ServerSocket listener) {
    this.simulator = simulator;
    this.records = new RecordsApi(simulator, credentials);
    this.entities = new EntityApi(simulator, credentials);
    this.listener = listener;
    this.port = listener.getLocalPort();
  }

  /// The settings: those of `sim:` that concern the far side, and who may call.
  public static List<Option> options() {
    return OPTIONS;
  }

  /// Starts a server.
  ///
  /// @param port 0 for any that is free
  /// @throws UserException if a setting is wrong or the port is taken
  public static SimulatorServer start(int port, Options options) {
    var credentials =
        new Credentials(
            options.text("client-id"), options.text("client-secret"), options.text("token"));
    var simulator = new Simulator(new SimulatedService(Behaviour.of(options)), System::nanoTime);
    try {
      var server = new SimulatorServer(simulator, credentials, listen(port));
      server.acceptConnections();
      return server;
    } catch (IOException e) {
      throw new UserException(
          "port " + port + " can not be listened on (" + e.getMessage() + "): choose another", e);
    }
  }

  /// Starts a server on a port that is free, with these settings.
  public static SimulatorServer start(Map<String, String> settings) {
    return start(0, Options.of("simulate", OPTIONS, settings));
  }

  public int port() {
    return port;
  }

  /// `http://127.0.0.1:PORT`.
  public URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /// A figure of what really happened, read while no call changes it:
  /// `count(GroundTruth::applied)`.
  public long count(ToLongFunction<GroundTruth> figure) {
    return simulator.<Long>truth(figure::applyAsLong);
  }

  /// Stops listening and breaks all connections. What was applied stays.
  public synchronized void goDown() throws IOException {
    listener.close();
    try {
      // the port is free only when the thread that listened on it has let go
      accepting.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Socket socket : open) {
      socket.close();
    }
  }

  /// Listens again on the same port.
  public synchronized void comeBack() throws IOException {
    listener = listen(port);
    acceptConnections();
  }

  @Override
  public void close() throws IOException {
    goDown();
  }

  private static ServerSocket listen(int port) throws IOException {
    var listener = new ServerSocket();
    listener.setReuseAddress(true);
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1024);
    return listener;
  }

  private void acceptConnections() {
    ServerSocket source = listener;
    accepting =
        Thread.ofVirtual()
            .name("simulator-" + port)
            .start(
                () -> {
                  while (!source.isClosed()) {
                    try {
                      serve(source.accept());
                    } catch (IOException e) {
                      // closed, or a client that went away before it was let in
                    }
                  }
                });
  }

  private void serve(Socket socket) {
    open.add(socket);
    Thread.ofVirtual()
        .start(
            () -> {
              new Connection(socket, this::answer).run();
              open.remove(socket);
            });
  }

  private Answer answer(HttpRequest request) {
    try {
      return routed(request);
    } catch (IllegalArgumentException e) {
      // a form that is none
      return Answer.safe(HttpResponse.text(400, e.getMessage() + "\n"));
    }
  }

  private Answer routed(HttpRequest request) {
    if (request.path().startsWith("/entity.")) {
      return entities.call(request);
    }
    if (request.method().equals("DELETE") && request.path().startsWith(RecordsApi.PATH)) {
      return records.delete(request);
    }
    return switch (request.method() + " " + request.path()) {
      case "POST /records" -> records.post(request);
      case "GET /records" -> records.list();
      case "GET /truth" ->
          Answer.safe(
              HttpResponse.json(
                  200, simulator.truth("keys".equals(request.parameters().get("detail")))));
      case "GET /health" -> Answer.safe(HttpResponse.json(200, Map.of("status", "up")));
      default ->
          Answer.safe(
              HttpResponse.text(
                  404,
                  "There is POST and GET /records, DELETE /records/KEY, POST /entity.bulkCreate, /entity.create, /entity.update,"
                      + " /entity.find, GET /truth and GET /health, but no "
                      + request.method()
                      + " "
                      + request.path()
                      + ".\n"));
    };
  }
}
