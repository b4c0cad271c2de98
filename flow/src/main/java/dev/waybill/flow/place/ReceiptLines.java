package dev.waybill.flow.place;

import dev.waybill.ByteSlice;
import dev.waybill.Disposition;
import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Receipt;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Receipts on their way from a place to the ledger: JSON Lines in files, written by many and read
/// by one.
///
/// Where several files were read side by side, each numbers its records from its own place on
/// ([#FILE_SHIFT]); read here, they have the numbers that one reader of all would have given them.
public final class ReceiptLines {

  /// The records of the n-th file, from 0, are numbered from `n << 40` on.
  public static final int FILE_SHIFT = 40;

  private static final FieldNames NAMES =
      FieldNames.of(
          "ordinal", "end", "attempts", "code", "reason", "id", "key", "file", "line", "offset");

  private ReceiptLines() {}

  /// Writes a receipt as a line.
  public static void write(Receipt<Fields> receipt, OutputStream out) throws IOException {
    Item<Fields> item = receipt.item();
    Reason reason = receipt.reason();
    Origin origin = item.origin();
    Fields line =
        Fields.of(
            NAMES,
            item.ordinal(),
            receipt.disposition().name(),
            receipt.attempts(),
            reason == null ? null : reason.code(),
            reason == null ? null : reason.message(),
            receipt.id(),
            item.key(),
            origin == null ? null : origin.file(),
            origin == null ? null : origin.line(),
            origin == null ? null : origin.offset());
    out.write(Json.bytes(line));
    out.write('\n');
  }

  /// Reads all receipts in the files of a folder.
  ///
  /// @param folder of a job that has come to its end, so that every record has one
  /// @throws UserException if they can not be read
  public static void read(Path folder, Consumer<Settlement<Fields>> taker) {
    read(folder, List.of(), taker);
  }

  /// Reads all receipts in the files of a folder, where some may be missing.
  ///
  /// @param counts how many records each of the job's files has
  /// @throws UserException if they can not be read
  public static void read(Path folder, List<Long> counts, Consumer<Settlement<Fields>> taker) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> listed = Files.list(folder)) {
      List<Path> files = listed.filter(path -> !path.toFile().isHidden()).sorted().toList();
      Map<Long, Long> lastByFile = new TreeMap<>();
      for (int i = 0; i < counts.size(); i++) {
        lastByFile.put((long) i, counts.get(i));
      }
      if (counts.isEmpty()) {
        each(
            files,
            fields -> {
              long ordinal = number(fields, "ordinal");
              lastByFile.merge(
                  ordinal >> FILE_SHIFT, ordinal & ((1L << FILE_SHIFT) - 1), Math::max);
            });
      }
      long[] base = bases(lastByFile);
      each(files, fields -> taker.accept(settlement(fields, base)));
    } catch (IOException e) {
      throw new UserException(
          "The receipts in " + folder + " can not be read: " + e.getMessage() + ".", e);
    }
  }

  private static long[] bases(Map<Long, Long> lastByFile) {
    int files = lastByFile.keySet().stream().mapToInt(Long::intValue).max().orElse(0) + 1;
    long[] bases = new long[files + 1];
    for (int i = 0; i < files; i++) {
      bases[i + 1] = bases[i] + lastByFile.getOrDefault((long) i, 0L);
    }
    return Arrays.copyOf(bases, files);
  }

  private static void each(List<Path> files, Consumer<Fields> taker) throws IOException {
    for (Path file : files) {
      try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          if (Json.read(line) instanceof Fields fields) {
            taker.accept(fields);
          }
        }
      }
    }
  }

  private static Settlement<Fields> settlement(Fields line, long[] bases) {
    long given = number(line, "ordinal");
    long ordinal = bases[(int) (given >> FILE_SHIFT)] + (given & ((1L << FILE_SHIFT) - 1));
    String file = line.text("file");
    Origin origin =
        file == null
            ? null
            : new Origin(file, number(line, "line"), number(line, "offset"), ByteSlice.EMPTY);
    var item = new Item<>(ordinal, line.text("key"), Fields.of(FieldNames.of()), origin);
    String message = line.text("reason");
    String id = line.text("id");
    List<@Nullable String> ids = id == null ? List.of() : List.of(id);
    return new Settlement<>(
        0,
        List.of(item),
        Disposition.valueOf(String.valueOf(line.get("end"))),
        message == null ? null : new Reason(line.text("code"), message),
        (int) number(line, "attempts"),
        ids);
  }

  private static long number(Fields line, String name) {
    return line.get(name) instanceof Number number ? number.longValue() : 0;
  }
}
