package dev.waybill.files;

import static java.util.Objects.requireNonNull;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a source gave when read to its end.
///
/// @param refusals the reason of each refused item; null for the others
record Reading(List<Item<Fields>> items, List<@Nullable Reason> refusals) {

  static Reading of(FileSource source) {
    var items = new ArrayList<Item<Fields>>();
    var refusals = new ArrayList<@Nullable Reason>();
    var intake =
        new Intake<Fields>() {
          @Override
          public void accept(Item<Fields> item) {
            items.add(item);
            refusals.add(null);
          }

          @Override
          public void refuse(Item<Fields> item, Reason reason) {
            items.add(item);
            refusals.add(reason);
          }
        };
    while (source.next(intake)) {
      // the intake has it
    }
    return new Reading(items, refusals);
  }

  /// The cells of each accepted item, null for an empty one.
  List<List<@Nullable Object>> rows() {
    var rows = new ArrayList<List<@Nullable Object>>();
    for (int i = 0; i < items.size(); i++) {
      if (refusals.get(i) == null) {
        Fields fields = items.get(i).payload();
        var row = new ArrayList<@Nullable Object>();
        for (int j = 0; j < fields.size(); j++) {
          row.add(fields.value(j));
        }
        rows.add(Collections.unmodifiableList(row));
      }
    }
    return rows;
  }

  /// The sentence of each refusal.
  List<String> complaints() {
    return refusals.stream().filter(Objects::nonNull).map(Reading::message).toList();
  }

  private static String message(@Nullable Reason reason) {
    return requireNonNull(reason).message();
  }

  /// Where each item came from.
  List<Origin> places() {
    return items.stream().map(item -> requireNonNull(item.origin())).toList();
  }

  /// The source bytes of each item, as Latin-1 so that every byte shows.
  List<String> origins() {
    return places().stream()
        .map(origin -> origin.bytes().text(StandardCharsets.ISO_8859_1))
        .toList();
  }

  List<Long> lines() {
    return places().stream().map(Origin::line).toList();
  }

  static CsvSource csv(Path directory, String content, String... options) {
    return csv(file(directory, "in.csv", content), FileCursor.CHUNK_SIZE, options);
  }

  static CsvSource csv(Path file, int chunkSize, String... options) {
    return CsvSource.open(
        Locations.expand(List.of(file.toString())),
        CsvDialect.of(options("csv", CsvDialect.OPTIONS, options), false),
        chunkSize);
  }

  static Options options(String owner, List<Option> known, String... given) {
    var values = new HashMap<String, String>();
    for (String option : given) {
      int equals = option.indexOf('=');
      values.put(option.substring(0, equals), option.substring(equals + 1));
    }
    return Options.of(owner, known, Map.copyOf(values));
  }

  static Path file(Path directory, String name, String content) {
    return file(directory, name, content.getBytes(StandardCharsets.UTF_8));
  }

  static Path file(Path directory, String name, byte[] content) {
    try {
      return Files.write(directory.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
