package dev.waybill.redis;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// Connections that rest between calls. As many come to be as there are calls at the same time,
/// which the engine keeps within bounds.
final class Lines implements AutoCloseable {

  private final Sockets sockets;
  private final Address address;
  private final ConnectionSettings settings;
  private final Line.Loading loading;
  private final ConcurrentLinkedDeque<Line> resting = new ConcurrentLinkedDeque<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  Lines(Address address, ConnectionSettings settings, Line.Loading loading) {
    this.sockets = new Sockets(address, settings);
    this.address = address;
    this.settings = settings;
    this.loading = loading;
  }

  /// One that stands, or a new one.
  ///
  /// @throws JedisConnectionException if the server can not be reached
  /// @throws JedisDataException if it refuses to be connected to
  Line take() {
    for (Line line = resting.pollFirst(); line != null; line = resting.pollFirst()) {
      if (line.isSound()) {
        return line;
      }
      line.close();
    }
    return Line.open(sockets, address, settings, loading);
  }

  /// To be called for each that was taken.
  void giveBack(Line line) {
    line.rest();
    if (closed.get() || !line.isSound()) {
      line.close();
    } else {
      resting.addFirst(line);
    }
  }

  @Override
  public void close() {
    closed.set(true);
    for (Line line = resting.pollFirst(); line != null; line = resting.pollFirst()) {
      line.close();
    }
  }
}
