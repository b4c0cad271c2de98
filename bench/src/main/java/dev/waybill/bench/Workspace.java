package dev.waybill.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for what a benchmark writes, which goes away with it.
record Workspace(Path folder) implements AutoCloseable {

  static Workspace create() {
    try {
      return new Workspace(Files.createTempDirectory("waybill-bench"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path file(String name) {
    return folder.resolve(name);
  }

  /// A folder of its own in this one.
  Workspace inner(String name) {
    try {
      return new Workspace(Files.createDirectories(file(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Bytes of all files whose names begin so.
  long bytes(String prefix) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(prefix))
          .mapToLong(file -> file.toFile().length())
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
