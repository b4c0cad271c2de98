package dev.waybill.jdbc;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a table or query of an SQLite file.
public final class SqliteSourceProvider implements SourceProvider {

  private static final String SCHEME = "sqlite:";

  /// Made by `java.util.ServiceLoader`.
  public SqliteSourceProvider() {}

  @Override
  public String name() {
    return "sqlite";
  }

  @Override
  public String summary() {
    return "a table or query of an SQLite file: sqlite:FILE";
  }

  @Override
  public boolean recognizes(String location) {
    return location.startsWith(SCHEME);
  }

  @Override
  public List<Option> options() {
    var options = new ArrayList<>(Selection.options());
    options.add(Option.of("busy-timeout", "10s", "how long to wait while another program writes"));
    return List.copyOf(options);
  }

  @Override
  public String anywhere(String location) {
    return SCHEME + file(location).toAbsolutePath().normalize();
  }

  private static Path file(String address) {
    return Path.of(address.startsWith(SCHEME) ? address.substring(SCHEME.length()) : address);
  }

  @Override
  public Source open(List<String> locations, Options options) {
    if (locations.size() != 1) {
      throw new UserException("One SQLite file is read at a time, not " + locations.size());
    }
    Path file = file(locations.getFirst());
    if (!Files.isRegularFile(file)) {
      throw new UserException("There is no SQLite file " + file + " to read");
    }
    var access = new SqliteAccess(file, options.duration("busy-timeout"));
    return SqlSource.open(access, Selection.of(options, Quote::name));
  }
}
