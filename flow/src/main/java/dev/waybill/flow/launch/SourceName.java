package dev.waybill.flow.launch;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What records are called after the file that they come from.
final class SourceName {

  private SourceName() {}

  /// What stands before a database's address: `sqlite:`, `postgresql:`. Two letters at least: one
  /// is a drive of Windows.
  private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+]+:.*");

  /// `contacts` for `data/contacts.csv.gz`, and for a file that a run left of it; null for standard
  /// input, patterns and databases.
  static @Nullable String of(String location) {
    if (location.equals("-") || location.contains("*") || !isFile(location)) {
      return null;
    }
    Path path = Path.of(location).getFileName();
    String file = path == null ? "" : path.toString();
    String lower = file.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".gz")) {
      file = file.substring(0, file.length() - ".gz".length());
    }
    int dot = file.lastIndexOf('.');
    String name = dot > 0 ? file.substring(0, dot) : file;
    return name.isEmpty() ? null : name;
  }

  /// Whether the location is a file's, not a database's.
  static boolean isFile(String location) {
    return !SCHEME.matcher(location).matches();
  }
}
