package dev.waybill.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where a load takes place: its input, and where its files and its ledger go.
///
/// @param directory holds the input
/// @param out where the run's files go
/// @param ledger the ledger's file
record Workplace(Path directory, Path out, Path ledger) {

  /// Records in the input.
  static final int RECORDS = 3_000;

  static final int BATCH = 25;
  static final int CONCURRENCY = 4;

  /// A place with everything in one directory, which is made.
  static Workplace in(Path directory) {
    return new Workplace(directory, directory.resolve("out"), directory.resolve("ledger.db"))
        .withInput();
  }

  Workplace withInput() {
    try {
      Files.createDirectories(directory);
      Files.writeString(
          input(),
          IntStream.rangeClosed(1, RECORDS)
              .mapToObj(ordinal -> id(ordinal) + ",name of " + ordinal + "\n")
              .collect(Collectors.joining("", "id,name\n", "")));
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path input() {
    return directory.resolve("input.csv");
  }

  /// The key of the record with this place in the input.
  static String id(long ordinal) {
    return "r%05d".formatted(ordinal);
  }

  /// Starts a load.
  ///
  /// @param options of the destination, `NAME=VALUE`
  Program load(String to, List<String> options) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("load", input().toString(), "--to", to, "--key", "id"));
    arguments.addAll(List.of("--batch-size", "" + BATCH, "--concurrency", "" + CONCURRENCY));
    arguments.addAll(List.of("--out", out.toString(), "--ledger", ledger.toString()));
    options.forEach(option -> arguments.addAll(List.of("--option", option)));
    return Program.start(directory.resolve("stderr"), arguments);
  }

  /// Goes on with the last load.
  Program resume() {
    return Program.start(
        directory.resolve("stderr"), List.of("resume", "last", "--ledger", ledger.toString()));
  }
}
