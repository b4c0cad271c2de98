package dev.waybill.files;

import dev.waybill.UserException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/// A file to read, or standard input. Gzip is recognised by its first two bytes (RFC 1952, section
/// 2.3.1), whatever the file's name.
///
/// @param name as the user gave it; `-` for standard input
/// @param path null for standard input
record InputFile(String name, @Nullable Path path) {

  private static final int BUFFER = 64 * 1024;

  boolean isStandardInput() {
    return path == null;
  }

  /// Bytes on disk; -1 if not known.
  long size() {
    try {
      return path == null || !Files.isRegularFile(path) ? -1 : Files.size(path);
    } catch (IOException e) {
      return -1;
    }
  }

  /// Opens it at an offset counted in its decompressed bytes.
  Window open(long offset, int chunkSize) {
    if (path == null && offset > 0) {
      throw new UserException(
          "Standard input can not be read again from byte "
              + offset
              + " on: give the records as a file to be able to go on with a run.");
    }
    CountingInputStream raw = null;
    try {
      raw = new CountingInputStream(path == null ? System.in : Files.newInputStream(path));
      InputStream bytes = decompressed(new BufferedInputStream(raw, BUFFER));
      skip(bytes, offset);
      return new Window(bytes, offset, chunkSize, raw::count);
    } catch (NoSuchFileException e) {
      throw missing(name);
    } catch (AccessDeniedException e) {
      throw new UserException(name + " can not be read: permission denied.", e);
    } catch (IOException e) {
      close(raw);
      throw new UserException(name + " can not be read: " + e.getMessage() + ".", e);
    } catch (UserException e) {
      close(raw);
      throw e;
    }
  }

  private static InputStream decompressed(BufferedInputStream in) throws IOException {
    in.mark(2);
    boolean gzip = startsAsGzip(in);
    in.reset();
    return gzip ? new GZIPInputStream(in, BUFFER) : in;
  }

  private static boolean startsAsGzip(InputStream in) throws IOException {
    return in.read() == 0x1f && in.read() == 0x8b;
  }

  boolean isCompressed() {
    if (path == null) {
      return false;
    }
    try (InputStream in = Files.newInputStream(path)) {
      return startsAsGzip(in);
    } catch (IOException e) {
      throw new UserException(name + " can not be read: " + e.getMessage() + ".", e);
    }
  }

  private void skip(InputStream bytes, long offset) throws IOException {
    try {
      bytes.skipNBytes(offset);
    } catch (EOFException e) {
      throw new UserException(
          name
              + " ends before byte "
              + offset
              + ", where reading was to go on: put back the file that the run began with.",
          e);
    }
  }

  private static void close(@Nullable InputStream in) {
    try {
      if (in != null) {
        in.close();
      }
    } catch (IOException e) {
      // nothing was written, so nothing can be lost
    }
  }

  static UserException missing(String name) {
    return new UserException(
        "There is no file "
            + name
            + "; the working directory is "
            + Path.of("").toAbsolutePath()
            + ".");
  }
}
