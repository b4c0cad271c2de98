package dev.waybill.files;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Origin;
import dev.waybill.Reason;
import dev.waybill.Settlement;
import dev.waybill.UserException;
import dev.waybill.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The files that a run leaves behind: which records were delivered, which were rejected and why,
/// and those to load again, in the format of the input and byte for byte.
///
/// All of a run's files bear its time in their names, so that no run touches another's. There is a
/// `retry` file only if there is something to retry. For one thread.
public final class RunFiles implements AutoCloseable {

  private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

  private final RunFile success;
  private final RunFile fail;
  private final RunFile retry;
  private final RowFormat format;
  private final @Nullable String keyName;
  private final boolean severalFiles;

  /// How far a run's files had been written, to go on from there after a crash.
  public record Mark(Extent success, Extent fail, Extent retry) {}

  /// A file and the bytes in it; 0 if it is not there.
  public record Extent(Path path, long length) {}

  /// The files that a run has left.
  ///
  /// @param retry null if there was nothing to retry
  public record Summary(Path success, Path fail, @Nullable Path retry) {}

  private RunFiles(
      RunFile success, RunFile fail, RunFile retry, Source source, @Nullable String keyName) {
    this.success = success;
    this.fail = fail;
    this.retry = retry;
    this.format = RowFormat.of(source);
    this.keyName = keyName;
    this.severalFiles = source instanceof FileSource files && files.files().size() > 1;
  }

  /// Begins the files of a run.
  ///
  /// @param directory is made if it is not there
  /// @param source the run's source; if it reads no files, its records' bytes are lines of JSON
  /// @param keyName the field that names a record: the heading of its column in `success`, and
  ///   where the key is looked up for records that were never mapped; null if there is none
  /// @param now goes into the files' names, in local time
  /// @throws UserException if they can not be written
  public static RunFiles create(
      Path directory, Source source, @Nullable String keyName, Instant now) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UserException(
          "The directory " + directory + " can not be made: " + e.getMessage() + ".", e);
    }
    String stamp = STAMP.format(now.atZone(ZoneId.systemDefault()));
    for (int count = 2; taken(directory, stamp, source); count++) {
      stamp = STAMP.format(now.atZone(ZoneId.systemDefault())) + "-" + count;
    }
    var files =
        new RunFiles(
            new RunFile(directory.resolve("success_" + stamp + ".csv")).opened(),
            new RunFile(directory.resolve("fail_" + stamp + "." + source.extension())).opened(),
            new RunFile(directory.resolve("retry_" + stamp + "." + source.extension())),
            source,
            keyName);
    files.writeHeads();
    files.flush();
    return files;
  }

  private static boolean taken(Path directory, String stamp, Source source) {
    return Files.exists(directory.resolve("success_" + stamp + ".csv"))
        || Files.exists(directory.resolve("fail_" + stamp + "." + source.extension()))
        || Files.exists(directory.resolve("retry_" + stamp + "." + source.extension()));
  }

  /// Goes on with the files of a run that was interrupted; what they hold behind the mark is
  /// removed.
  ///
  /// @throws UserException if they are not there any more
  public static RunFiles reopen(Mark mark, Source source, @Nullable String keyName) {
    return new RunFiles(
        RunFile.reopened(mark.success().path(), mark.success().length()),
        RunFile.reopened(mark.fail().path(), mark.fail().length()).opened(),
        RunFile.reopened(mark.retry().path(), mark.retry().length()),
        source,
        keyName);
  }

  private void writeHeads() {
    try {
      writeSuccessHead(success, keyName);
      format.failHead(fail);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void writeSuccessHead(OutputStream out, @Nullable String keyName) throws IOException {
    out.write("batch,line,uuid,".getBytes(StandardCharsets.US_ASCII));
    CellWriter.STANDARD.text(out, keyName == null ? "key" : keyName);
    out.write('\n');
  }

  /// Writes each of the items into the file that its end asks for.
  ///
  /// @throws UserException if the disk is full or the file can not be written for another reason
  public void settled(Settlement<Fields> settlement) {
    try {
      for (int i = 0; i < settlement.items().size(); i++) {
        Item<Fields> item = settlement.items().get(i);
        switch (settlement.disposition()) {
          case DELIVERED -> delivered(settlement.batch(), item, settlement.id(i));
          case REJECTED -> rejected(settlement.batch(), item, settlement.reason());
          case UNKNOWN, UNPROCESSED -> toRetry(item);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void delivered(long batch, Item<Fields> item, @Nullable String id) throws IOException {
    CellWriter cells = CellWriter.STANDARD;
    success.number(batch);
    cells.delimiter(success);
    if (severalFiles) {
      cells.text(success, line(origin(item)));
    } else {
      success.number(origin(item).line());
    }
    cells.delimiter(success);
    cells.text(success, id);
    cells.delimiter(success);
    cells.text(success, key(item));
    success.write('\n');
  }

  private void rejected(long batch, Item<Fields> item, @Nullable Reason reason) throws IOException {
    Origin origin = origin(item);
    String error = reason == null ? "" : reason.message();
    format.failRow(fail, batch, line(origin), key(item), error, origin.bytes());
  }

  private void toRetry(Item<Fields> item) throws IOException {
    if (retry.length() == 0) {
      format.retryHead(retry);
    } else if (retry.lacksLineEnd()) {
      retry.write(format.lineEnd());
    }
    origin(item).bytes().writeTo(retry);
  }

  private static Origin origin(Item<Fields> item) {
    return Objects.requireNonNull(item.origin(), "an item of a source has an origin");
  }

  private String line(Origin origin) {
    return severalFiles ? origin.file() + ":" + origin.line() : Long.toString(origin.line());
  }

  private @Nullable String key(Item<Fields> item) {
    return item.key() != null || keyName == null ? item.key() : item.payload().text(keyName);
  }

  /// Hands what was written on to the operating system, where a crash of this program does not
  /// touch it.
  public void flush() {
    success.flush();
    fail.flush();
    retry.flush();
  }

  /// Flushes, and tells how far the files reach.
  public Mark mark() {
    flush();
    return new Mark(extent(success), extent(fail), extent(retry));
  }

  private static Extent extent(RunFile file) {
    return new Extent(file.path(), file.length());
  }

  /// The files, those that are there.
  public Summary summary() {
    return new Summary(success.path(), fail.path(), retry.length() == 0 ? null : retry.path());
  }

  @Override
  public void close() {
    try (success;
        fail;
        retry) {
      flush();
    }
  }
}
