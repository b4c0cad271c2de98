package dev.waybill.jdbc;

import dev.waybill.Reason;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// What SQLite's result codes mean (https://sqlite.org/rescode.html), and its messages in words
/// that name column and value.
final class SqliteErrors {

  /// The driver's form: `[SQLITE_CONSTRAINT_CHECK] A CHECK constraint failed (TEXT)`, where TEXT is
  /// SQLite's own.
  private static final Pattern MESSAGE = Pattern.compile("(?s)\\[[A-Z_]+\\][^(]*\\((.*)\\)");

  private static final Pattern MISSING =
      Pattern.compile(
          "(?i)no such (table|column)|has no column|no such collation|no such function");

  /// SQLITE_IOERR, the primary code of all failures of the disk.
  static final int IOERR = 10;

  private SqliteErrors() {}

  static Meaning meaning(SQLiteException error) {
    SQLiteErrorCode code = error.getResultCode();
    return switch (code) {
      case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
          Meaning.DUPLICATE;
      case SQLITE_CONSTRAINT_FOREIGNKEY -> Meaning.MISSING_REFERENCE;
      // "no such table" has no code of its own.
      case SQLITE_ERROR -> MISSING.matcher(text(error)).find() ? Meaning.FATAL : Meaning.UNKNOWN;
      default -> family(code);
    };
  }

  /// An extended code is named after its primary code, which its lowest eight bits are.
  private static Meaning family(SQLiteErrorCode code) {
    return switch (code.code & 0xff) {
      case 19, 20, 18 -> Meaning.BAD_ROW; // CONSTRAINT, MISMATCH, TOOBIG
      case 5, 6, 7, 9, 10, 13, 15, 17 ->
          Meaning.PASSING; // BUSY, LOCKED, NOMEM, INTERRUPT, IOERR, FULL, PROTOCOL, SCHEMA
      case 3, 8, 11, 14, 22, 23, 26 ->
          Meaning.FATAL; // PERM, READONLY, CORRUPT, CANTOPEN, NOLFS, AUTH, NOTADB
      default -> Meaning.UNKNOWN;
    };
  }

  /// The reason to give for an error that is nobody's row's fault.
  static Reason reason(SQLiteException error) {
    return Reason.of(error.getResultCode().name(), text(error));
  }

  /// The reason to give for a row that met this error.
  static Reason reason(SQLiteException error, Table table, Row row) {
    String text = text(error);
    String said = after(text, "failed: ");
    String sentence =
        switch (error.getResultCode()) {
          case SQLITE_CONSTRAINT_NOTNULL -> Broken.notNull(columns(said).getFirst());
          case SQLITE_CONSTRAINT_UNIQUE, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID ->
              said.startsWith("index ") ? text : Broken.unique(columns(said), row, said);
          case SQLITE_CONSTRAINT_CHECK -> Broken.check(Broken.columnsIn(said, table), row, said);
          case SQLITE_CONSTRAINT_FOREIGNKEY ->
              "the row refers to another that is not there (FOREIGN KEY)";
          default -> text;
        };
    return Reason.of(error.getResultCode().name(), sentence);
  }

  /// The reason for a row that was left out without an error.
  static Reason skipped(Table table) {
    return Reason.of(
        "skipped",
        table.name() + " took no row: a rule ON CONFLICT IGNORE or a trigger skipped it");
  }

  /// SQLite's own words, without the driver's.
  static String text(SQLiteException error) {
    String message = String.valueOf(error.getMessage());
    Matcher matcher = MESSAGE.matcher(message);
    return matcher.matches() ? matcher.group(1) : message;
  }

  /// `contacts.first, contacts.last` as `first` and `last`.
  private static List<String> columns(String said) {
    return Stream.of(said.split(", "))
        .map(name -> name.substring(name.lastIndexOf('.') + 1))
        .toList();
  }

  private static String after(String text, String mark) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(mark);
    return at < 0 ? text : text.substring(at + mark.length());
  }
}
