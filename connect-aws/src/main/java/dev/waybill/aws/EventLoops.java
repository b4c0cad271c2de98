package dev.waybill.aws;

import io.netty.channel.EventLoopGroup;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/// The threads on which all clients wait for their sockets, as long as there is a client. The SDK's
/// own threads take two seconds to end, and every client that is closed waits for that.
final class EventLoops {

  /// Pools of connections are taken down behind their closing; that needs the threads still.
  private static final long QUIET_MILLIS = 250;

  /// Half of Netty's own number: a call goes through several of them, and each has to be woken.
  private static final int THREADS = Runtime.getRuntime().availableProcessors();

  private static final ReentrantLock LOCK = new ReentrantLock();
  private static @Nullable SdkEventLoopGroup group;
  private static int clients;

  private EventLoops() {}

  /// For one more client.
  static SdkEventLoopGroup take() {
    LOCK.lock();
    try {
      if (group == null) {
        ThreadFactory threads = Thread.ofPlatform().name("waybill-aws-", 0).daemon(true).factory();
        group = SdkEventLoopGroup.builder().numberOfThreads(THREADS).threadFactory(threads).build();
      }
      clients++;
      return group;
    } finally {
      LOCK.unlock();
    }
  }

  /// A client is closed.
  static void giveBack() {
    EventLoopGroup last = null;
    LOCK.lock();
    try {
      clients--;
      if (clients == 0 && group != null) {
        last = group.eventLoopGroup();
        group = null;
      }
    } finally {
      LOCK.unlock();
    }
    if (last != null) {
      // The threads are daemons and end by themselves; nobody waits for them.
      var unused = last.shutdownGracefully(QUIET_MILLIS, 5_000, TimeUnit.MILLISECONDS);
    }
  }
}
