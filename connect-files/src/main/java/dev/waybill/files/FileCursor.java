package dev.waybill.files;

import dev.waybill.ByteSlice;
import dev.waybill.Origin;
import dev.waybill.UserException;
import dev.waybill.spi.Checkpoint;
import dev.waybill.spi.SourceIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where reading stands in several files that are read one after the other as one.
final class FileCursor implements AutoCloseable {

  /// Enough that a system call is cheap by the byte, little enough for a young collection.
  static final int CHUNK_SIZE = 128 * 1024;

  private final List<InputFile> files;
  private final int chunkSize;
  private final @Nullable Start[] starts;
  private int index;
  private @Nullable Window window;
  private long line;
  private long ordinal = 1;
  private int part;
  private long rawBytesOfEarlierFiles;
  private long bound = Long.MAX_VALUE;

  /// Where a file's first record begins.
  ///
  /// @param window still open there, where the file could not be opened again
  private record Start(long offset, long line, @Nullable Window window) {}

  /// What reads the head of a file; called with the cursor at its first byte.
  interface HeadReader {
    void read(int file);
  }

  /// Opens each file once and reads its head, so that what is wrong with one of them is told before
  /// anything is delivered. Stands at the first record of the first file then.
  FileCursor(List<InputFile> files, int chunkSize) {
    this.files = List.copyOf(files);
    this.chunkSize = chunkSize;
    this.starts = new @Nullable Start[files.size()];
  }

  void readHeads(HeadReader reader) {
    try {
      for (index = 0; index < files.size(); index++) {
        window = files.get(index).open(0, chunkSize);
        line = 1;
        reader.read(index);
        boolean keep = index == 0 || files.get(index).isStandardInput();
        starts[index] = new Start(window.offset(), line, keep ? window : null);
        if (!keep) {
          window.close();
        }
      }
      open(0);
    } catch (IOException e) {
      throw unreadable(e);
    } catch (UserException e) {
      close();
      throw e;
    }
  }

  private void open(int file) {
    index = file;
    Start start = Objects.requireNonNull(starts[file]);
    line = start.line();
    window =
        start.window() != null ? start.window() : files.get(file).open(start.offset(), chunkSize);
    // A window that was kept is used once; a later return to this file opens it anew.
    starts[file] = new Start(start.offset(), start.line(), null);
  }

  /// Stands on the next byte to read, in this file or the next.
  ///
  /// @return false at the end of the last file
  boolean hasByte() {
    if (part == 0 && window().offset() >= bound) {
      return false;
    }
    try {
      while (!window().hasByte()) {
        if (index + 1 == files.size()) {
          return false;
        }
        rawBytesOfEarlierFiles += window().rawCount();
        window().close();
        part = 0;
        open(index + 1);
      }
      return true;
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  Window window() {
    if (window == null) {
      throw new IllegalStateException("no file is open");
    }
    return window;
  }

  /// Reads more bytes of this file.
  void more() {
    try {
      window().more();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /// Leaves bytes behind in which so many lines ended.
  void consume(int bytes, long lineEnds) {
    window().advanceTo(window().position() + bytes);
    line += lineEnds;
  }

  /// The origin of the record that begins on this line and has these bytes.
  Origin origin(int start, int end) {
    Window from = window();
    return new Origin(
        fileName(),
        line,
        from.offset() + (start - from.position()),
        new ByteSlice(from.bytes(), start, end - start));
  }

  long takeOrdinal() {
    return ordinal++;
  }

  int file() {
    return index;
  }

  String fileName() {
    return files.get(index).name();
  }

  List<String> fileNames() {
    return files.stream().map(InputFile::name).toList();
  }

  long line() {
    return line;
  }

  /// How many parts of a row over the size limit were read before this place.
  int part() {
    return part;
  }

  void part(int parts) {
    part = parts;
  }

  Position position() {
    return new Position(index, window().offset(), line, ordinal, part);
  }

  void resumeAt(Position position) {
    if (position.file() >= files.size()) {
      throw new UserException(
          "There are "
              + files.size()
              + " files now, but reading was to go on in file number "
              + (position.file() + 1)
              + ": name the same files again.");
    }
    close();
    rawBytesOfEarlierFiles = 0;
    for (int i = 0; i < position.file(); i++) {
      rawBytesOfEarlierFiles += Math.max(files.get(i).size(), 0);
    }
    index = position.file();
    window = files.get(index).open(position.offset(), chunkSize);
    line = position.line();
    ordinal = position.ordinal();
    part = position.part();
  }

  /// Reads no row that begins at this offset of the current file or behind it.
  void readUpTo(long offset) {
    bound = offset;
  }

  /// The file in parts, if it can be read from any place on.
  Optional<Division> divided(
      long partBytes, int maxRowBytes, int quote, Division.Scanners scanners) {
    InputFile file = files.getFirst();
    Start start = starts[0];
    if (files.size() > 1
        || start == null
        || file.path() == null
        || file.size() - start.offset() <= partBytes
        || file.isCompressed()) {
      return Optional.empty();
    }
    var first = new Position(0, start.offset(), start.line(), 1, 0);
    return Optional.of(
        new Division(file.path(), first, file.size(), partBytes, maxRowBytes, quote, scanners));
  }

  /// Goes to a record that was read before, if its place is the beginning of a row. A part of an
  /// over-long row is not, and can only be reached by reading up to it.
  ///
  /// @return false if it is not; the cursor then stands where it stood
  boolean goTo(Checkpoint checkpoint) {
    int file = fileNames().indexOf(checkpoint.file());
    Start start = file < 0 ? null : starts[file];
    if (start == null || files.get(file).isStandardInput()) {
      return false;
    }
    Position here = position();
    if (checkpoint.offset() > start.offset()) {
      resumeAt(new Position(file, checkpoint.offset() - 1, checkpoint.line(), 1, 0));
      if (!hasByte() || !isLineEnd(window().bytes()[window().position()])) {
        resumeAt(here);
        return false;
      }
      consume(1, 0);
    } else {
      resumeAt(new Position(file, start.offset(), start.line(), 1, 0));
    }
    ordinal = checkpoint.ordinal();
    return true;
  }

  private static boolean isLineEnd(byte character) {
    return character == '\n' || character == '\r';
  }

  SourceIdentity identity() {
    var parts = new ArrayList<SourceIdentity.Part>();
    for (InputFile file : files) {
      Path path = file.path();
      if (path == null || !Files.isRegularFile(path)) {
        return SourceIdentity.NONE;
      }
      try {
        parts.add(
            new SourceIdentity.Part(
                path.toAbsolutePath().normalize().toString(), file.size(), Fingerprint.of(path)));
      } catch (IOException e) {
        throw new UserException(file.name() + " can not be read: " + e.getMessage() + ".", e);
      }
    }
    return new SourceIdentity(parts);
  }

  /// Bytes taken from the files as they stand on disk.
  long bytesRead() {
    return rawBytesOfEarlierFiles + (window == null ? 0 : window.rawCount());
  }

  /// Bytes of all files as they stand on disk; -1 if one of them is standard input or a pipe.
  long totalBytes() {
    long total = 0;
    for (InputFile file : files) {
      long size = file.size();
      if (size < 0) {
        return -1;
      }
      total += size;
    }
    return total;
  }

  UserException unreadable(IOException e) {
    return new UserException(
        fileName()
            + " can not be read on from line "
            + line
            + ": "
            + (e.getMessage() == null ? "it ends in the middle" : e.getMessage())
            + ".",
        e);
  }

  @Override
  public void close() {
    try {
      if (window != null) {
        window.close();
      }
      for (Start start : starts) {
        if (start != null && start.window() != null) {
          start.window().close();
        }
      }
    } catch (IOException e) {
      // nothing was written, so nothing can be lost
    }
  }
}
