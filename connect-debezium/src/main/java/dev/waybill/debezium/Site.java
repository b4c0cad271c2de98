package dev.waybill.debezium;

import dev.waybill.UserException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The database as it stands before its log is read.
///
/// @param timeline rises when a standby takes over or a backup is restored; the same place in two
///   timelines need not hold the same (its manual, "Timelines")
/// @param slot null if there is none yet
/// @param isPublished whether the publication is there, and has the table
record Site(int timeline, Table table, @Nullable Slot slot, boolean isPublished) {

  /// What a deletion tells of its row.
  enum Identity {
    /// The columns of the primary key.
    KEY,
    /// Those of another unique index.
    INDEX,
    /// All.
    FULL
  }

  /// @param key the columns that tell rows apart, and their types; empty if only all columns
  ///   together do
  record Table(String schema, String name, Identity identity, Map<String, String> key) {

    String shown() {
      return schema + "." + name;
    }
  }

  /// Since then a message can be put into the log that comes out with the changes.
  private static final int OLDEST_VERSION = 140_000;

  private static final String SERVER =
      "select current_setting('server_version_num')::int, current_setting('server_version'),"
          + " pg_is_in_recovery(), current_setting('wal_level'), current_user,"
          + " exists (select from pg_roles where rolname = current_user"
          + " and (rolreplication or rolsuper))"
          // Amazon RDS lets nobody have the attribute, and has a role in its place.
          + " or exists (select from pg_roles where rolname = 'rds_replication'"
          + " and pg_has_role(oid, 'member'))";

  private static final String TABLE =
      "select t.oid, n.nspname, t.relname, t.relreplident from pg_class t"
          + " join pg_namespace n on n.oid = t.relnamespace"
          + " where t.relname = ? and t.relkind in ('r', 'p')"
          + " and case when ?::text is null then pg_table_is_visible(t.oid) else n.nspname = ? end";

  private static final String KEY =
      "select a.attname, format_type(a.atttypid, null) from pg_index i join pg_attribute a"
          + " on a.attrelid = i.indrelid and a.attnum = any(i.indkey)"
          + " where i.indrelid = ? and case when ? then i.indisreplident else i.indisprimary end"
          + " order by array_position(i.indkey::int2[], a.attnum)";

  private static final String PUBLICATION =
      "select pubinsert and pubupdate and pubdelete, exists (select from pg_publication_tables"
          + " where pubname = ? and schemaname = ? and tablename = ?)"
          + " from pg_publication where pubname = ?";

  /// Looks, and changes nothing.
  ///
  /// @throws UserException if the log can not be read; says what to do
  static Site of(Connection connection, Subscription wanted) throws SQLException {
    String place = "the PostgreSQL database " + wanted.login().shown();
    String shown = "T" + place.substring(1);
    checkServer(connection, shown);
    Table table = table(connection, wanted, shown);
    Slot slot = Slot.of(connection, wanted.slot());
    if (slot != null) {
      slot.check(connection, place);
    }
    return new Site(
        timeline(connection), table, slot, isPublished(connection, wanted, table, place));
  }

  private static void checkServer(Connection connection, String shown) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(SERVER)) {
      row.next();
      if (row.getInt(1) < OLDEST_VERSION) {
        throw new UserException(
            shown
                + " is of version "
                + row.getString(2)
                + ", and changes are read from version 14 on");
      }
      if (row.getBoolean(3)) {
        throw new UserException(
            shown + " is a standby, and changes are read from the primary: name that one");
      }
      if (!row.getString(4).equals("logical")) {
        throw new UserException(
            "%s has wal_level = %s, and changes can be read with 'logical' only: let an administrator say \"alter system set wal_level = logical\", and restart the server"
                .formatted(shown, row.getString(4)));
      }
      if (!row.getBoolean(6)) {
        throw new UserException(
            "%s does not let %s read changes: let an administrator say \"alter role %2$s replication\" (on Amazon RDS: \"grant rds_replication to %2$s\")"
                .formatted(shown, row.getString(5)));
      }
    }
  }

  private static int timeline(Connection connection) throws SQLException {
    // The first eight digits of a log file's name (its manual, "pg_walfile_name").
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select pg_walfile_name(pg_current_wal_lsn())")) {
      row.next();
      return Integer.parseUnsignedInt(row.getString(1).substring(0, 8), 16);
    }
  }

  private static Table table(Connection connection, Subscription wanted, String shown)
      throws SQLException {
    try (var statement = connection.prepareStatement(TABLE)) {
      statement.setString(1, wanted.table());
      statement.setString(2, wanted.schema());
      statement.setString(3, wanted.schema());
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          throw new UserException(
              "%s has no table %s (a view has no changes of its own); a schema goes before the name: SCHEMA.%s"
                  .formatted(shown, wanted.shown(), wanted.table()));
        }
        String schema = row.getString(2);
        String name = row.getString(3);
        Identity identity =
            switch (row.getString(4)) {
              case "f" -> Identity.FULL;
              case "i" -> Identity.INDEX;
              case "n" ->
                  throw new UserException(
                      "The table %s.%s tells nothing of the rows that are deleted: say \"alter table %1$s.%2$s replica identity default\""
                          .formatted(schema, name));
              default -> Identity.KEY;
            };
        Map<String, String> key = key(connection, row.getLong(1), identity);
        if (key.isEmpty() && identity != Identity.FULL) {
          throw new UserException(
              "The table %s.%s has no primary key, by which a changed row could be told: add one, or say \"alter table %1$s.%2$s replica identity full\""
                  .formatted(schema, name));
        }
        return new Table(schema, name, identity, key);
      }
    }
  }

  private static Map<String, String> key(Connection connection, long table, Identity identity)
      throws SQLException {
    try (var statement = connection.prepareStatement(KEY)) {
      statement.setLong(1, table);
      statement.setBoolean(2, identity == Identity.INDEX);
      var key = new LinkedHashMap<String, String>();
      try (var row = statement.executeQuery()) {
        while (row.next()) {
          key.put(row.getString(1), row.getString(2));
        }
      }
      return Collections.unmodifiableMap(key);
    }
  }

  private static boolean isPublished(
      Connection connection, Subscription wanted, Table table, String place) throws SQLException {
    try (var statement = connection.prepareStatement(PUBLICATION)) {
      statement.setString(1, wanted.publication());
      statement.setString(2, table.schema());
      statement.setString(3, table.name());
      statement.setString(4, wanted.publication());
      try (var row = statement.executeQuery()) {
        if (!row.next()) {
          return false;
        }
        if (!row.getBoolean(1) || !row.getBoolean(2)) {
          throw new UserException(
              row.getBoolean(2)
                  ? "The publication %s of %s leaves out inserts, updates or deletes: name another by --option publication=NAME"
                      .formatted(wanted.publication(), place)
                  : "The publication %s of %s does not have the table %s: say \"alter publication %1$s add table %3$s\" (a partitioned one needs publish_via_partition_root), or name another by --option publication=NAME"
                      .formatted(wanted.publication(), place, table.shown()));
        }
        return true;
      }
    }
  }

  /// Makes the publication. Without the last setting a partitioned table's changes come under the
  /// names of its parts.
  void publish(Connection connection, Subscription wanted) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(
          "create publication %s for table %s.%s with (publish_via_partition_root = true)"
              .formatted(
                  statement.enquoteIdentifier(wanted.publication(), true),
                  statement.enquoteIdentifier(table.schema(), true),
                  statement.enquoteIdentifier(table.name(), true)));
    }
  }
}
