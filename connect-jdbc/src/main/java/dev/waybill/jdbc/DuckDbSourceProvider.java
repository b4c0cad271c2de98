package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads Parquet files, and what a query of DuckDB gives.
public final class DuckDbSourceProvider implements SourceProvider {

  private static final String SCHEME = "duckdb:";

  /// Of a server; two letters at least, because one is a drive of Windows.
  private static final Pattern ADDRESS = Pattern.compile("^[A-Za-z][A-Za-z0-9+]+:");

  /// Made by `java.util.ServiceLoader`.
  public DuckDbSourceProvider() {}

  @Override
  public String name() {
    return "duckdb";
  }

  @Override
  public String summary() {
    return "Parquet files: FILE.parquet, 'data/*.parquet'; a table or query of a DuckDB file:"
        + " duckdb:FILE; a query over files: duckdb:";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith(SCHEME) || isParquet(location);
  }

  private static boolean isParquet(String location) {
    return location.toLowerCase(Locale.ROOT).endsWith(".parquet");
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Selection.options());
    options.removeIf(option -> option.name().equals("fetch-size"));
    options.addAll(
        List.of(
            Option.of(
                "threads",
                "1",
                "threads that DuckDB works with; with more than one, a query without ORDER BY may"
                    + " give its rows in another order each time, which a sync does not bear"),
            Option.of("memory-limit", null, "how much memory DuckDB may take beside Java's: 2GB")));
    return List.copyOf(options);
  }

  @Override
  public Source open(List<String> locations, Options options) {
    Properties settings = settings(options);
    return locations.getFirst().startsWith(SCHEME)
        ? database(locations, options, settings)
        : parquet(locations, options, settings);
  }

  private static Properties settings(Options options) {
    var settings = new Properties();
    settings.setProperty("threads", Integer.toString(options.integer("threads", 1, 1_024)));
    if (options.has("memory-limit")) {
      settings.setProperty("memory_limit", options.required("memory-limit"));
    }
    return settings;
  }

  private static boolean isRestricted(Options options) {
    return !options.permits().equals(Permits.everything());
  }

  private static Source database(List<String> locations, Options options, Properties settings) {
    if (locations.size() != 1) {
      throw new UserException("One DuckDB file is read at a time, not " + locations.size());
    }
    String name = locations.getFirst().substring(SCHEME.length());
    if (name.isEmpty()) {
      return files(options, settings);
    }
    Path file = Path.of(name);
    if (!Files.isRegularFile(file)) {
      throw new UserException("There is no DuckDB file " + file + " to read");
    }
    if (isRestricted(options)) {
      settings.setProperty("enable_external_access", "false");
      settings.setProperty("lock_configuration", "true");
    }
    return SqlSource.open(
        new DuckDbAccess(file, settings),
        Selection.of(options, Quote::name, Selection.NO_PORTIONS));
  }

  /// A query without a file of DuckDB's own: it names the files that it reads, on this machine or
  /// elsewhere.
  private static Source files(Options options, Properties settings) {
    if (isRestricted(options)) {
      throw new UserException(
          "A query of duckdb: could reach all files and addresses, so it is not to be used here:"
              + " name Parquet files, or a DuckDB file by duckdb:FILE");
    }
    if (options.has("table")) {
      throw new UserException(
          "duckdb: without a file has no tables: name one, as in duckdb:shop.db, or what to read by"
              + " --query \"select * from 'orders/*.parquet'\"");
    }
    return SqlSource.open(
        new DuckDbAccess(null, settings),
        Selection.of(options, Quote::name, Selection.NO_PORTIONS));
  }

  private static Source parquet(List<String> locations, Options options, Properties settings) {
    if (options.has("table") || options.has("query")) {
      throw new UserException(
          "Parquet files are read as they are; a query names them itself: duckdb: --query \"select"
              + " … from '"
              + locations.getFirst()
              + "'\"");
    }
    for (String location : locations) {
      if (!isParquet(location)) {
        throw new UserException(
            "Files of one kind are read at a time, and " + location + " is no Parquet file");
      }
      boolean remote = ADDRESS.matcher(location).find();
      if (remote && isRestricted(options)) {
        throw new UserException(
            "Parquet files are read from this machine's disk only here, not from " + location);
      }
    }
    if (isRestricted(options)) {
      settings.setProperty("autoload_known_extensions", "false");
    }
    var access = new DuckDbAccess(null, settings);
    String files =
        locations.stream()
            .flatMap(location -> access.files(location).stream())
            .map(Quote::text)
            .collect(Collectors.joining(", "));
    return SqlSource.open(
        access,
        new Selection("select * from read_parquet([" + files + "])", null, Selection.NO_PORTIONS));
  }
}
