package dev.waybill.ledger;

import dev.waybill.UserException;
import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// The file of an SQLite ledger, before SQLite opens it.
final class SqliteFile {

  private static final String MAGIC = "SQLite format 3\0";

  /// Where the header tells the size of a page and how many there are
  /// (https://sqlite.org/fileformat.html#the_database_header).
  private static final int PAGE_SIZE_AT = 16;

  private static final int PAGES_AT = 28;

  private SqliteFile() {}

  /// Sees that it is there, readable by its owner only if it is new, and that nothing of it is
  /// missing.
  ///
  /// @throws UserException if that can not be
  static void prepare(Path file) {
    if (Files.isDirectory(file)) {
      throw new UserException("the ledger %s is a directory; name a file in it".formatted(file));
    }
    try {
      create(file);
      checkLength(file);
    } catch (IOException e) {
      throw new UserException(
          "the ledger %s can not be opened (%s); make it writable, or name another place"
              .formatted(file, said(e)),
          e);
    }
  }

  private static String said(IOException e) {
    String what = e.getClass().getSimpleName().replace("Exception", "");
    return e.getMessage() == null ? what : what + ": " + e.getMessage();
  }

  private static void create(Path file) throws IOException {
    Path directory = file.getParent();
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (directory != null && !Files.isDirectory(directory)) {
      Files.createDirectories(directory, permissions(posix, "rwx------"));
    }
    if (!Files.exists(file)) {
      try {
        Files.createFile(file, permissions(posix, "rw-------"));
      } catch (FileAlreadyExistsException e) {
        // Another process was faster.
      }
    }
  }

  private static FileAttribute<?>[] permissions(boolean posix, String permissions) {
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// SQLite finds out that a file has lost its end only when it asks for a page from there.
  private static void checkLength(Path file) throws IOException {
    Path log = Path.of(file + "-wal");
    if (Files.exists(log) && Files.size(log) > 0) {
      // The log may hold what the file lacks.
      return;
    }
    long length = Files.size(file);
    if (length == 0) {
      return;
    }
    try (var in = new RandomAccessFile(file.toFile(), "r")) {
      var start = new byte[MAGIC.length()];
      in.readFully(start);
      if (!new String(start, StandardCharsets.ISO_8859_1).equals(MAGIC)) {
        throw new UserException(notALedger(file.toString()));
      }
      in.seek(PAGE_SIZE_AT);
      int pageSize = in.readUnsignedShort();
      in.seek(PAGES_AT);
      // 65,536 does not fit into the field and is written as 1.
      long expected = (pageSize == 1 ? 65_536L : pageSize) * Integer.toUnsignedLong(in.readInt());
      if (length < expected) {
        throw new UserException(
            damaged(file.toString(), "%,d of its %,d bytes are there".formatted(length, expected)));
      }
    } catch (EOFException e) {
      throw new UserException(notALedger(file.toString()), e);
    }
  }

  static String notALedger(String file) {
    return "%s is there, but is not a ledger of waybill; name another place for the ledger"
        .formatted(file);
  }

  static String damaged(String file, String how) {
    return ("the ledger %1$s is damaged (%2$s); move it away and begin a new one, or save what can"
            + " be read by: sqlite3 %1$s .recover | sqlite3 recovered.db")
        .formatted(file, how);
  }
}
