package dev.waybill.debezium;

import dev.waybill.UserException;
import dev.waybill.jdbc.PostgresLogin;
import io.debezium.connector.postgresql.PostgresConnector;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Collectors;
import org.postgresql.Driver;

/// What Debezium is told ("Debezium connector for PostgreSQL", its connector properties).
final class Setup {

  /// Where it says that a snapshot is over.
  static final String NOTIFICATIONS = "notifications";

  /// How it begins.
  enum Beginning {
    /// Makes the slot, reads all rows as of that moment, goes on with the changes from there.
    ROWS_THEN_CHANGES("initial"),
    /// Reads all rows, and ends. For a slot that is there: the changes are read from it afterwards.
    ROWS("initial_only"),
    /// Goes on from where the slot stands.
    CHANGES("no_data");

    private final String mode;

    Beginning(String mode) {
      this.mode = mode;
    }
  }

  /// Records that lie ready in it; it reads no further while nobody takes them.
  private static final int MOST_QUEUED = 4_096;

  private static final long MOST_BYTES_QUEUED = 32L << 20;
  private static final int BATCH = 1_024;

  /// How long a change may lie in it, and how often it looks for the next one.
  private static final int POLL_MILLIS = 40;

  private static final int ROWS_FETCHED = 1_000;

  private Setup() {}

  static Map<String, String> of(Subscription wanted, Site.Table table, Beginning beginning) {
    var setup = new HashMap<String, String>();
    setup.putAll(login(wanted.login()));
    String filter = pattern(table.schema()) + "\\." + pattern(table.name());
    // A name that nobody else in this process has: it keeps figures under it.
    setup.put("topic.prefix", "waybill-" + UUID.randomUUID());
    setup.put("schema.include.list", pattern(table.schema()));
    setup.put("table.include.list", filter);
    if (table.identity() == Site.Identity.INDEX) {
      setup.put("message.key.columns", filter + ":" + String.join(",", table.key().keySet()));
    }
    setup.put("connector.class", PostgresConnector.class.getName());
    setup.put("plugin.name", "pgoutput");
    setup.put("slot.name", wanted.slot());
    setup.put("publication.name", wanted.publication());
    setup.put("publication.autocreate.mode", "disabled");
    setup.put("snapshot.mode", beginning.mode);
    setup.put("snapshot.isolation.mode", "repeatable_read");
    setup.put("snapshot.fetch.size", Integer.toString(ROWS_FETCHED));

    setup.put("converters", "plain");
    setup.put("plain.type", PlainValues.class.getName());
    setup.put("include.unknown.datatypes", "true");
    // Else a value that can not be converted would be null.
    setup.put("event.converting.failure.handling.mode", "fail");
    setup.put("tombstones.on.delete", "false");
    setup.put("skipped.operations", "none");
    setup.put("provide.transaction.metadata", "true");
    setup.put("notification.enabled.channels", "sink");
    setup.put("notification.sink.topic.name", NOTIFICATIONS);

    // The driver would confirm what was sent and not yet read, in the middle of a transaction.
    setup.put("lsn.flush.mode", "connector");
    setup.put("lsn.flush.timeout.ms", "5000");
    setup.put("lsn.flush.timeout.action", "warn");
    // What fails is begun anew by us, who know why.
    setup.put("errors.max.retries", "0");
    setup.put("slot.max.retries", "0");
    // While nobody takes its records it does not see that it is to stop, and is interrupted then.
    setup.put("executor.shutdown.timeout.ms", "1000");

    setup.put("max.queue.size", Integer.toString(MOST_QUEUED));
    setup.put("max.queue.size.in.bytes", Long.toString(MOST_BYTES_QUEUED));
    setup.put("max.batch.size", Integer.toString(BATCH));
    setup.put("poll.interval.ms", Integer.toString(POLL_MILLIS));
    return setup;
  }

  private static Map<String, String> login(PostgresLogin login) {
    Properties parsed = Driver.parseURL(login.url(), login.properties());
    if (parsed == null) {
      throw new UserException("The address of " + login.shown() + " can not be read");
    }
    var setup = new HashMap<String, String>();
    // Its pattern for addresses is HOST:PORT, which several hosts fit too.
    String[] hosts = parsed.getProperty("PGHOST").split(",", -1);
    String[] ports = parsed.getProperty("PGPORT").split(",", -1);
    var names = new StringBuilder(hosts[0]);
    for (int i = 1; i < hosts.length; i++) {
      names.append(':').append(ports[i - 1]).append(',').append(hosts[i]);
    }
    setup.put("database.hostname", names.toString());
    setup.put("database.port", ports[ports.length - 1]);
    setup.put("database.dbname", parsed.getProperty("PGDBNAME"));
    setup.put("database.user", parsed.getProperty("user", ""));
    setup.put("database.password", parsed.getProperty("password", ""));
    for (String name : parsed.stringPropertyNames()) {
      if (!name.startsWith("PG") && !name.equals("user") && !name.equals("password")) {
        setup.put("driver." + name, parsed.getProperty(name));
      }
    }
    return setup;
  }

  /// A name as a regular expression, in a list parted by commas.
  private static String pattern(String name) {
    return name.codePoints()
        .mapToObj(
            c ->
                Character.isLetterOrDigit(c) || c == '_'
                    ? Character.toString(c)
                    : "\\x{" + Integer.toHexString(c) + "}")
        .collect(Collectors.joining());
  }
}
