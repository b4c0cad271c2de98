package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.DestinationProvider.Delivery;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Looks up the table in a PostgreSQL database, or plans it.
final class PostgresTables {

  /// A constraint or unique index.
  ///
  /// @param columns those that it speaks of
  /// @param expression what a check demands: `age > 0`
  record Rule(String name, List<String> columns, String expression) {}

  private final Settings settings;
  private final String database;

  /// @param database the database as messages show it
  PostgresTables(Settings settings, String database) {
    this.settings = settings;
    this.database = database;
  }

  /// The SQL that makes the table; null if it is there.
  ///
  /// @throws UserException if it is not there and must not be made
  @Nullable String creation(Connection connection, Delivery delivery) throws SQLException {
    if (exists(connection)) {
      return null;
    }
    if (settings.schema() != null) {
      return TableScript.read(settings.schema());
    }
    if (!settings.createTable()) {
      throw new UserException(
          "There is no table '"
              + settings.table()
              + "': "
              + existing(connection)
              + "; name one with --table, or have it made with --option create-table=true");
    }
    var columns =
        TypeInference.columns(delivery.columns().asList(), delivery.sample(), settings.types());
    if (columns.isEmpty()) {
      throw new UserException(
          "The table '" + settings.table() + "' can not be made from data that has no columns");
    }
    return TableScript.generate(sqlName(), columns, settings.key(), PostgresTables::typeName);
  }

  boolean exists(Connection connection) throws SQLException {
    return oid(connection) != null;
  }

  /// The table; there must be one.
  Table load(Connection connection) throws SQLException {
    Long oid = oid(connection);
    if (oid == null) {
      throw new UserException(
          "The file "
              + settings.schema()
              + " makes no table '"
              + settings.table()
              + "': "
              + existing(connection)
              + "; name one with --table");
    }
    var columns = new ArrayList<Column>();
    try (var statement =
        connection.prepareStatement(
            """
            select attname, format_type(atttypid, atttypmod), format_type(atttypid, -1)
            from pg_attribute
            where attrelid = ? and attnum > 0 and not attisdropped and attgenerated = ''
            order by attnum
            """)) {
      statement.setLong(1, oid);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          String base = rows.getString(3);
          columns.add(new Column(rows.getString(1), typeOf(base), rows.getString(2), base));
        }
      }
    }
    try (var statement =
        connection.prepareStatement(
            """
            select quote_ident(nspname) || '.' || quote_ident(relname), relname
            from pg_class join pg_namespace n on n.oid = relnamespace where pg_class.oid = ?
            """)) {
      statement.setLong(1, oid);
      try (var rows = statement.executeQuery()) {
        rows.next();
        return new Table(rows.getString(2), rows.getString(1), List.copyOf(columns));
      }
    }
  }

  /// The table's constraints and unique indexes by name.
  Map<String, Rule> rules(Connection connection) throws SQLException {
    var rules = new HashMap<String, Rule>();
    try (var statement =
        connection.prepareStatement(
            """
            select conname,
              (select array_agg(attname::text order by attnum) from pg_attribute
               where attrelid = conrelid and attnum = any (conkey)),
              case contype when 'c' then pg_get_expr(conbin, conrelid) else '' end
            from pg_constraint where conrelid = ? and contype <> 'n'
            union all
            select relname,
              (select array_agg(attname::text order by attnum) from pg_attribute
               where attrelid = indrelid and attnum = any (indkey)), ''
            from pg_index join pg_class on pg_class.oid = indexrelid
            where indrelid = ? and indisunique
            """)) {
      Long oid = oid(connection);
      statement.setLong(1, oid == null ? 0 : oid);
      statement.setLong(2, oid == null ? 0 : oid);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          Array columns = rows.getArray(2);
          rules.put(
              rows.getString(1),
              new Rule(
                  rows.getString(1),
                  columns == null ? List.of() : List.of((String[]) columns.getArray()),
                  unwrapped(rows.getString(3))));
        }
      }
    }
    return Map.copyOf(rules);
  }

  /// `(age > 0)` as `age > 0`, where the outer brackets belong together.
  private static String unwrapped(String expression) {
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (depth == 0 && i < expression.length() - 1) {
        return expression;
      }
    }
    return expression.isEmpty() ? "" : expression.substring(1, expression.length() - 1);
  }

  private @Nullable Long oid(Connection connection) throws SQLException {
    if (settings.table() == null) {
      throw new UserException(
          "Into which table? " + existing(connection) + "; name one: --table NAME");
    }
    // As written, and else as PostgreSQL folds names that are not quoted.
    for (String name : List.of(sqlName(), settings.table())) {
      try (var statement =
          connection.prepareStatement(
              "select oid from pg_class where oid = to_regclass(?) and relkind in ('r', 'p', 'f')")) {
        statement.setString(1, name);
        try (var rows = statement.executeQuery()) {
          if (rows.next()) {
            return rows.getLong(1);
          }
        }
      } catch (SQLException e) {
        if (!PostgresErrors.state(e).startsWith("42")) {
          throw e;
        }
        // Not a name at all without its quotes ("contacts 2026"); the one with quotes was asked
        // for.
        connection.rollback();
      }
    }
    return null;
  }

  /// The table's name in SQL; `crm.contacts` names a schema.
  private String sqlName() {
    String name = String.valueOf(settings.table());
    int dot = name.indexOf('.');
    return dot < 0
        ? Quote.name(name)
        : Quote.name(name.substring(0, dot)) + "." + Quote.name(name.substring(dot + 1));
  }

  private String existing(Connection connection) throws SQLException {
    var names = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                """
                select case when pg_table_is_visible(c.oid) then '' else nspname || '.' end || relname
                from pg_class c join pg_namespace n on n.oid = relnamespace
                where relkind in ('r', 'p', 'f') and nspname not like 'pg\\_%'
                  and nspname <> 'information_schema'
                order by 1 limit 50
                """)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names.isEmpty()
        ? database + " has no tables"
        : database + " has the tables " + String.join(", ", names);
  }

  private static ColumnType typeOf(String base) {
    return switch (base) {
      case "smallint", "integer", "bigint" -> ColumnType.INTEGER;
      case "numeric" -> ColumnType.DECIMAL;
      case "real", "double precision" -> ColumnType.REAL;
      case "boolean" -> ColumnType.BOOLEAN;
      case "date" -> ColumnType.DATE;
      case "timestamp without time zone" -> ColumnType.TIMESTAMP;
      case "timestamp with time zone" -> ColumnType.TIMESTAMPTZ;
      case "text", "character varying", "character", "bpchar", "citext" -> ColumnType.TEXT;
      default -> ColumnType.OTHER;
    };
  }

  private static String typeName(ColumnType type) {
    return switch (type) {
      case TEXT, OTHER -> "text";
      case INTEGER -> "bigint";
      case DECIMAL -> "numeric";
      case REAL -> "double precision";
      case BOOLEAN -> "boolean";
      case DATE -> "date";
      case TIMESTAMP -> "timestamp";
      case TIMESTAMPTZ -> "timestamptz";
    };
  }
}
