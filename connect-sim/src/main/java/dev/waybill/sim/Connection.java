package dev.waybill.sim;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Function;

/// Serves one connection until either side has enough of it, and makes the faults real.
final class Connection implements Runnable {

  private static final byte[] HTML =
      HttpResponse.text(200, "<html><body>Please sign in to the network.</body></html>").bytes();
  private static final byte[] NOISE =
      "\u0016\u0003\u0001 nonsense\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final Socket socket;
  private final Function<HttpRequest, Answer> api;

  Connection(Socket socket, Function<HttpRequest, Answer> api) {
    this.socket = socket;
    this.api = api;
  }

  @Override
  public void run() {
    try (socket) {
      socket.setTcpNoDelay(true);
      OutputStream out = socket.getOutputStream();
      var in = new HttpInput(socket.getInputStream(), out);
      for (HttpRequest request = in.next(); request != null; request = in.next()) {
        if (!answer(api.apply(request), out) || !request.keepsAlive()) {
          return;
        }
      }
    } catch (IOException e) {
      // the client is gone, or never spoke HTTP: nobody is left to tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Gives the answer as far as the fault lets it through, and says whether the connection lives
  /// on.
  private boolean answer(Answer answer, OutputStream out) throws IOException, InterruptedException {
    pause(answer.took());
    byte[] bytes = answer.response().bytes();
    boolean even = answer.call() % 2 == 0;
    return switch (answer.fault()) {
      case NONE, THROTTLED, FAILED_BEFORE, FAILED_AFTER -> {
        out.write(bytes);
        yield true;
      }
      case TIMED_OUT -> false;
      case DROPPED, DOWN -> {
        if (even) {
          reset();
        }
        yield false;
      }
      case HALF_ANSWERED -> {
        out.write(Arrays.copyOf(bytes, bytes.length - answer.response().body().length / 2 - 1));
        yield false;
      }
      case NONSENSE -> {
        out.write(even ? HTML : NOISE);
        yield even;
      }
    };
  }

  /// Makes the end of the connection a reset (RST) instead of a proper end (FIN).
  private void reset() throws IOException {
    socket.setOption(StandardSocketOptions.SO_LINGER, 0);
  }

  private static void pause(Duration time) throws InterruptedException {
    if (time.isPositive()) {
      Thread.sleep(time);
    }
  }
}
