package dev.waybill.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Server-sent events, as the HTML standard (section 9.2) has them.
public final class EventStream {

  private static final byte[] BEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);

  private EventStream() {}

  /// Where the events come from.
  @FunctionalInterface
  public interface Feed {

    /// The next thing to send. Asked by one thread, again and again until it says [End].
    ///
    /// @param patience how long it may wait for it
    /// @throws InterruptedException if the server stops
    Step next(Duration patience) throws InterruptedException;
  }

  /// What a feed gives.
  public sealed interface Step {}

  /// An event.
  ///
  /// @param name its type; null for the usual one
  /// @param data may have several lines
  public record Event(@Nullable String name, String data) implements Step {}

  /// Nothing came within the patience: the client is told that the line is alive.
  public record Silence() implements Step {}

  /// There is nothing more.
  public record End() implements Step {}

  /// Sends what a feed gives until it ends, the client leaves, or the server stops.
  ///
  /// @param heartbeat how long the line may be silent; shorter than a proxy's patience
  public static void send(
      ServerRequest request, ServerResponse response, Duration heartbeat, Feed feed) {
    OpenStreams open = request.listenerContext().context().get(OpenStreams.class).orElseThrow();
    open.enter();
    try {
      response.headers().set(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
      // Some proxies gather an answer before they pass it on, unless told.
      response.headers().set(HeaderNames.create("X-Accel-Buffering"), "no");
      try (OutputStream out = response.outputStream()) {
        write(out, BEAT);
        while (!open.isClosed()) {
          switch (feed.next(heartbeat)) {
            case Event event -> write(out, text(event).getBytes(StandardCharsets.UTF_8));
            case Silence silence -> write(out, BEAT);
            case End end -> {
              return;
            }
          }
        }
      }
    } catch (InterruptedException e) {
      // The server stops; whoever listens connects again to the next one.
    } catch (IOException | UncheckedIOException e) {
      // The client has left, which is how most streams end.
    } catch (RuntimeException e) {
      if (!(e.getCause() instanceof SocketException)) {
        throw e;
      }
    } finally {
      open.leave();
    }
  }

  private static void write(OutputStream out, byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  static String text(Event event) {
    var text = new StringBuilder();
    if (event.name() != null) {
      text.append("event: ").append(event.name()).append('\n');
    }
    event.data().lines().forEach(line -> text.append("data: ").append(line).append('\n'));
    return text.append('\n').toString();
  }
}
