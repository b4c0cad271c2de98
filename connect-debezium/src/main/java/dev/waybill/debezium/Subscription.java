package dev.waybill.debezium;

import dev.waybill.jdbc.PostgresLogin;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the user asks for.
///
/// @param schema null if the table is to be found as the database finds it
/// @param slot the replication slot, by which the database remembers how far it was read
/// @param publication names the table whose changes the database sends
/// @param pulse how often the slot is moved on while only other tables change
record Subscription(
    PostgresLogin login,
    @Nullable String schema,
    String table,
    String slot,
    String publication,
    Snapshot snapshot,
    Duration pulse) {

  /// What is read before the changes.
  enum Snapshot {
    /// All rows, once.
    INITIAL,
    NEVER
  }

  /// Characters of a name in PostgreSQL (its manual, "Identifiers and Key Words").
  private static final int LONGEST_NAME = 63;

  static List<Option> options() {
    return List.of(
        Option.of("table", null, "the table whose changes are read: NAME or SCHEMA.NAME"),
        Option.of(
            "slot",
            null,
            "the replication slot, one for each flow; made if it is not there; else waybill_TABLE"),
        Option.of(
            "publication",
            null,
            "the publication; made if it is not there; else named as the slot"),
        Option.of(
            "snapshot",
            "initial",
            "whether all rows are read before the changes: initial or never"),
        Option.of(
            "heartbeat", "10s", "how often the slot is moved on while only other tables change"));
  }

  static Subscription of(PostgresLogin login, Options options) {
    String name = options.required("table").strip();
    int dot = name.indexOf('.');
    String table = name.substring(dot + 1);
    String slot = options.text("slot");
    if (slot == null) {
      String tail = table.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]", "_");
      slot = "waybill_" + tail.substring(0, Math.min(tail.length(), 50));
    } else if (!slot.matches("[a-z0-9_]{1," + LONGEST_NAME + "}")) {
      throw options.bad("slot", "takes up to 63 small letters, digits and underscores");
    }
    String publication = options.text("publication");
    Duration pulse = options.duration("heartbeat");
    if (pulse.isZero()) {
      throw options.bad("heartbeat", "takes a length of time above zero, such as 10s");
    }
    return new Subscription(
        login,
        dot < 0 ? null : name.substring(0, dot),
        table,
        slot,
        publication == null ? slot : publication,
        options.choice("snapshot", Snapshot.class),
        pulse);
  }

  /// As messages show the table.
  String shown() {
    return schema == null ? table : schema + "." + table;
  }
}
