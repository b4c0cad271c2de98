package dev.waybill.jdbc;

import dev.waybill.Reason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/// What PostgreSQL's SQLSTATEs mean (its manual, appendix A), and its messages in words that name
/// column and value.
///
/// Everything is read from the fields of the error, never from its text, which comes in the
/// server's language.
public final class PostgresErrors {

  /// The longest prefix of a SQLSTATE counts.
  private static final Map<String, Meaning> MEANINGS =
      Map.ofEntries(
          Map.entry("08", Meaning.PASSING), // connection
          Map.entry("0A", Meaning.FATAL), // not supported
          Map.entry("21", Meaning.BAD_ROW), // the same key twice in one upsert
          Map.entry("22", Meaning.BAD_ROW), // data exceptions
          Map.entry("23", Meaning.BAD_ROW), // rules of the table
          Map.entry("23503", Meaning.MISSING_REFERENCE),
          Map.entry("23505", Meaning.DUPLICATE),
          Map.entry("25006", Meaning.PASSING), // read-only: a standby, until it takes over
          Map.entry("28", Meaning.FATAL), // wrong user or password
          Map.entry("3D", Meaning.FATAL), // no such database
          Map.entry("3F", Meaning.FATAL), // no such schema
          Map.entry("40", Meaning.PASSING), // deadlock, serialization
          Map.entry("42", Meaning.FATAL), // no such table or column, no right to it
          Map.entry("44", Meaning.BAD_ROW), // a view's check option
          Map.entry("53", Meaning.PASSING), // too many connections, disk full
          Map.entry("54", Meaning.BAD_ROW), // too big for a page or an index
          Map.entry("55", Meaning.PASSING), // locked
          Map.entry("57", Meaning.PASSING), // shutting down, cancelled
          Map.entry("58", Meaning.PASSING), // the server's disk
          Map.entry("P0", Meaning.BAD_ROW), // raised by a trigger
          Map.entry("XX001", Meaning.FATAL), // damaged data
          Map.entry("XX002", Meaning.FATAL)); // damaged index

  /// Classes of errors by which a server refuses a commit and rolls back. After any other error of
  /// a commit nobody knows whether it worked.
  private static final Set<String> ROLLED_BACK = Set.of("22", "23", "25", "40", "44", "P0");

  private static final String COMPLETION_UNKNOWN = "40003";

  private PostgresErrors() {}

  static Meaning meaning(SQLException error) {
    String state = state(error);
    for (int length = state.length(); length >= 2; length--) {
      Meaning meaning = MEANINGS.get(state.substring(0, length));
      if (meaning != null) {
        return meaning;
      }
    }
    // Without a SQLSTATE the driver itself gave up, which it does for broken connections.
    return state.isEmpty() ? Meaning.PASSING : Meaning.UNKNOWN;
  }

  /// Whether the connection is of no more use.
  static boolean isBroken(SQLException error) {
    String state = state(error);
    return state.isEmpty() || state.startsWith("08") || state.startsWith("57P");
  }

  /// Whether this error of a commit says for certain that nothing was applied.
  static boolean commitWasRolledBack(SQLException error) {
    String state = state(error);
    return state.length() == 5
        && ROLLED_BACK.contains(state.substring(0, 2))
        && !state.equals(COMPLETION_UNKNOWN);
  }

  /// The reason to give for an error that is nobody's row's fault.
  static Reason reason(SQLException error) {
    String state = state(error);
    return new Reason(state.isEmpty() ? null : state, text(error));
  }

  /// The reason to give for a row that met this error.
  ///
  /// @param rules the table's constraints by name
  static Reason reason(SQLException error, Row row, Map<String, PostgresTables.Rule> rules) {
    ServerErrorMessage message = serverMessage(error);
    if (message == null) {
      return reason(error);
    }
    String name = message.getConstraint();
    PostgresTables.Rule rule = name == null ? null : rules.get(name);
    return new Reason(message.getSQLState(), sentence(message, rule, row));
  }

  private static String sentence(
      ServerErrorMessage message, PostgresTables.@Nullable Rule rule, Row row) {
    String text = String.valueOf(message.getMessage());
    String column = message.getColumn();
    return switch (String.valueOf(message.getSQLState())) {
      case "23502" -> column == null ? text : Broken.notNull(column);
      case "23505" -> rule == null ? text : Broken.unique(rule.columns(), row, rule.name());
      case "23514" -> rule == null ? text : Broken.check(rule.columns(), row, rule.expression());
      case "23503" ->
          rule == null ? text : Broken.reference(rule.columns(), row, " " + rule.name());
      case "22001" -> {
        String tooLong = tooLong(row);
        yield tooLong == null ? text : tooLong;
      }
      default -> {
        String guilty = columnOf(text, row);
        yield guilty == null ? text : guilty + ": " + text;
      }
    };
  }

  /// `name 'Bartholomew …' is too long (character varying(20))`, for the first value that is.
  private static @Nullable String tooLong(Row row) {
    for (int i = 0; i < row.size(); i++) {
      Column column = row.shape().columns().get(i);
      int limit = lengthLimit(column.declared());
      if (row.value(i) instanceof String text && text.codePointCount(0, text.length()) > limit) {
        return column.name() + " " + Quote.value(text) + " is too long (" + column.declared() + ")";
      }
    }
    return null;
  }

  /// 40 of `character varying(40)`; more than any text has where the type tells no length.
  private static int lengthLimit(String declared) {
    int open = declared.indexOf('(');
    if (!declared.startsWith("character") || open < 0) {
      return Integer.MAX_VALUE;
    }
    return Integer.parseInt(declared.substring(open + 1, declared.indexOf(')', open)));
  }

  /// The one column whose value the message quotes; null if there is none, or more.
  private static @Nullable String columnOf(String text, Row row) {
    List<String> found = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      @Nullable Object value = row.value(i);
      if (value != null && text.contains("\"" + value + "\"")) {
        found.add(row.shape().columns().get(i).name());
      }
    }
    return found.size() == 1 ? found.getFirst() : null;
  }

  /// The SQLSTATE; empty if there is none.
  public static String state(SQLException error) {
    String state = error.getSQLState();
    return state == null ? "" : state;
  }

  /// The server's own sentence, or the driver's.
  public static String text(SQLException error) {
    ServerErrorMessage message = serverMessage(error);
    String text = message == null ? error.getMessage() : message.getMessage();
    return text == null ? "the driver gave no message" : text;
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException error) {
    return error instanceof PSQLException known ? known.getServerErrorMessage() : null;
  }
}
