package dev.waybill.server.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// Refuses bodies that are too long.
///
/// One that is told to be too long is read to its end before it is refused, if that is not far:
/// most clients look for an answer only when they have sent everything, and would see no more than
/// a broken connection.
final class BodyLimit implements Filter {

  /// How much of a body is read for the sake of its sender.
  static final long PATIENCE_BYTES = 8 << 20;

  private final long most;

  BodyLimit(long most) {
    this.most = most;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    if (request.headers().contentLength().orElse(0) > most) {
      try (InputStream in = request.content().inputStream()) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      throw HttpProblem.ofStatus(413);
    }
    request.streamFilter(in -> new Bounded(in, most));
    chain.proceed();
  }

  /// For a body whose length is not told before.
  private static final class Bounded extends FilterInputStream {
    private long left;

    Bounded(InputStream in, long most) {
      super(in);
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int read = super.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int read = super.read(bytes, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int read) {
      left -= read;
      if (left < 0) {
        throw HttpProblem.ofStatus(413);
      }
    }
  }
}
