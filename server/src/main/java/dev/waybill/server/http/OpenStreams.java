package dev.waybill.server.http;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The streams of events under way, so that there are not too many and that the server can end
/// them.
final class OpenStreams {

  private final int most;
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  OpenStreams(int most) {
    this.most = most;
  }

  void enter() {
    if (closed || threads.size() >= most) {
      throw HttpProblem.tooManyRequests(Duration.ofSeconds(10));
    }
    threads.add(Thread.currentThread());
  }

  void leave() {
    threads.remove(Thread.currentThread());
  }

  boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
  }
}
