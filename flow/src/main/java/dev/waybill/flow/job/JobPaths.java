package dev.waybill.flow.job;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The places in the file system that a job names.
public final class JobPaths {

  private static final String SQLITE = "sqlite:";

  /// What stands before the name of a database's file.
  private static final List<String> DATABASES = List.of(SQLITE, "duckdb:");

  /// A file that says how a destination is reached, followed by `#` and a place there.
  private static final String PRESET = "preset:";

  /// Of a database or a server; two letters at least, because one is a drive of Windows.
  private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z][A-Za-z0-9+]+:");

  private static final String FILE = "file:";

  /// The option of SQL destinations that names a script.
  private static final String SCHEMA = "schema";

  private JobPaths() {}

  /// The same job, its relative paths starting from this directory.
  public static Job from(Path directory, Job job) {
    var settings = new LinkedHashMap<>(job.settings());
    settings.put(JobKey.OUT, directory.resolve(job.out()).toString());
    if (settings.containsKey(JobKey.TO)) {
      settings.put(JobKey.TO, destination(directory, job.to()));
    }
    return new Job(
        job.files().stream().map(file -> absolute(directory, file)).toList(),
        absolute(directory, job.sourceOptions()),
        absolute(directory, job.destinationOptions()),
        job.mapping(),
        settings);
  }

  /// An address whose relative path, if it has one, starts from this directory.
  public static String destination(Path directory, String to) {
    return fileOf(to)
        .map(
            file -> {
              int begin = to.indexOf(':') + 1;
              return to.substring(0, begin)
                  + directory.resolve(file)
                  + to.substring(begin + file.length());
            })
        .orElse(to);
  }

  /// The file that an address of a destination names; empty if it names none.
  public static Optional<String> fileOf(String to) {
    if (to.startsWith(SQLITE)) {
      return Optional.of(to.substring(SQLITE.length()));
    }
    return to.startsWith(PRESET)
        ? Optional.of(to.substring(PRESET.length()).replaceFirst("#.*", ""))
        : Optional.empty();
  }

  private static String absolute(Path directory, String file) {
    for (String scheme : DATABASES) {
      // DuckDB without a file keeps nothing, and reads what its query names.
      if (file.startsWith(scheme) && file.length() > scheme.length()) {
        return scheme + directory.resolve(file.substring(scheme.length()));
      }
    }
    // By hand, because a pattern such as data/*.csv is no path everywhere.
    return file.equals("-")
            || ADDRESS.matcher(file).find()
            || Path.of(file.replace('*', '_')).isAbsolute()
        ? file
        : directory + "/" + file;
  }

  /// Options that name files: references to secrets, and those that are files of that directory.
  private static Map<String, String> absolute(Path directory, Map<String, String> options) {
    var absolute = new LinkedHashMap<String, String>();
    options.forEach(
        (name, value) -> {
          String path = value.startsWith(FILE) ? value.substring(FILE.length()) : value;
          boolean isFile = name.equals(SCHEMA) || !path.equals(value);
          absolute.put(
              name,
              isFile
                  ? value.substring(0, value.length() - path.length()) + directory.resolve(path)
                  : value);
        });
    return absolute;
  }

  /// The files that the job reads or writes data in, but for those that a run leaves; patterns such
  /// as `data/*.csv` as they are. References to secrets are not among them.
  public static List<String> data(Job job) {
    var places = new ArrayList<String>();
    job.files().forEach(file -> place(file).ifPresent(places::add));
    fileOf(job.to()).ifPresent(places::add);
    String schema = job.destinationOptions().get(SCHEMA);
    if (schema != null) {
      places.add(schema);
    }
    return places;
  }

  private static Optional<String> place(String location) {
    for (String scheme : DATABASES) {
      if (location.startsWith(scheme) && location.length() > scheme.length()) {
        return Optional.of(location.substring(scheme.length()));
      }
    }
    return ADDRESS.matcher(location).find() ? Optional.empty() : Optional.of(location);
  }
}
