package dev.waybill.kafka;

import dev.waybill.Reason;
import dev.waybill.spi.Options;
import java.util.HashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/// Whether the brokers are there, asked before a call that follows upon one that failed. A record
/// that waits in the client until its time is out is in doubt, though it may never have left; so
/// while the brokers are away, none is given to it.
final class Reachability implements AutoCloseable {

  private static final int MOST_WAITING_MILLIS = 5_000;

  private final KafkaAddress address;
  private final Options options;
  private volatile boolean doubtful;
  private @Nullable Admin admin;

  Reachability(KafkaAddress address, Options options) {
    this.address = address;
    this.options = options;
  }

  /// A call has failed.
  void doubt() {
    doubtful = true;
  }

  /// Why nothing should be sent; null if nothing speaks against it.
  @Nullable Reason whyNot() throws InterruptedException {
    if (!doubtful) {
      return null;
    }
    try {
      var unused =
          admin()
              .describeTopics(java.util.Set.of(address.topic()))
              .allTopicNames()
              .get(MOST_WAITING_MILLIS, TimeUnit.MILLISECONDS);
      doubtful = false;
      return null;
    } catch (ExecutionException e) {
      return Reason.of("broker_away", Complaints.deepest(e));
    } catch (TimeoutException e) {
      return Reason.of("broker_away", "no broker answers at " + address.bootstrap());
    }
  }

  private synchronized Admin admin() {
    if (admin == null) {
      var settings = new HashMap<>(KafkaClient.settings(address, options));
      KafkaClient.addFile(settings, options);
      settings.put("default.api.timeout.ms", MOST_WAITING_MILLIS);
      settings.put("request.timeout.ms", MOST_WAITING_MILLIS / 2);
      admin = Admin.create(settings);
    }
    return admin;
  }

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(java.time.Duration.ofSeconds(1));
    }
  }
}
