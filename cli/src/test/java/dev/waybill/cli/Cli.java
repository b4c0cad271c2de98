package dev.waybill.cli;

import dev.waybill.cli.view.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// The command line in this process, working in a directory for a test.
final class Cli {

  private final Path directory;

  Cli(Path directory) {
    this.directory = directory;
  }

  /// What a command said.
  record Said(int code, String out, String err) {}

  /// A file in the directory, written now.
  String file(String name, String content) {
    try {
      return Files.writeString(directory.resolve(name), content).toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /// `sqlite:` with a database in the directory.
  String database() {
    return "sqlite:" + path("data.db");
  }

  /// The one file in the directory `out` whose name begins so.
  String left(String kind) {
    return text(leftPath(kind));
  }

  Path leftPath(String kind) {
    return found(kind).getFirst();
  }

  boolean hasLeft(String kind) {
    return !found(kind).isEmpty();
  }

  private List<Path> found(String kind) {
    Path out = path("out");
    if (!Files.isDirectory(out)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(out)) {
      return files.filter(file -> file.getFileName().toString().startsWith(kind + "_")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A command with these arguments.
  Said says(String... arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    var console =
        new Console(new PrintWriter(out), new PrintWriter(err), Screen.STREAM, Screen.STREAM);
    int code = Main.run(console, arguments);
    return new Said(code, out.toString(), err.toString());
  }

  /// `load` with these arguments, its files in `out`.
  Said load(String... arguments) {
    String[] all =
        Stream.of(
                Stream.of("load"),
                Stream.of(arguments),
                Stream.of("--out", path("out").toString(), "--patience", "20s"))
            .flatMap(part -> part)
            .toArray(String[]::new);
    return says(all);
  }
}
