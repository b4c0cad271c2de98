package dev.waybill.files;

import dev.waybill.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// One of a run's files while it is written: made when its first byte comes, or gone on with.
final class RunFile extends OutputStream {

  private static final int BUFFER = 64 * 1024;

  /// Digits of [Long#MAX_VALUE].
  private static final int LONGEST_NUMBER = 19;

  private final Path path;
  private final OpenOption[] how;
  private final byte[] buffer = new byte[BUFFER];
  private int buffered;
  private long written;
  private int lastByte = -1;
  private @Nullable OutputStream out;

  /// A file that is made when its first bytes are flushed, and must not exist then.
  RunFile(Path path) {
    this(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  /// A file that is opened in this way when its first bytes are flushed.
  RunFile(Path path, OpenOption... how) {
    this.path = path;
    this.how = how;
  }

  /// The same, but made at once if it is not there yet.
  RunFile opened() {
    try {
      open();
    } catch (IOException e) {
      throw unwritable(e);
    }
    return this;
  }

  private OutputStream open() throws IOException {
    if (out == null) {
      out = Files.newOutputStream(path, how);
    }
    return out;
  }

  /// Goes on behind the first `length` bytes of a file, and removes what stands behind them.
  static RunFile reopened(Path path, long length) {
    var file = new RunFile(path);
    try {
      if (length == 0) {
        Files.deleteIfExists(path);
      } else {
        file.goOn(
            FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), length);
      }
    } catch (IOException e) {
      throw file.unwritable(e);
    }
    return file;
  }

  private void goOn(FileChannel channel, long length) throws IOException {
    if (channel.size() < length) {
      long size = channel.size();
      channel.close();
      throw new UserException(
          path
              + " has "
              + size
              + " bytes, but had "
              + length
              + " when the run was interrupted: put the file back as it was.");
    }
    channel.truncate(length);
    channel.position(length - 1);
    var last = Channels.newInputStream(channel);
    lastByte = last.read();
    written = length;
    out = Channels.newOutputStream(channel);
  }

  Path path() {
    return path;
  }

  /// Bytes in it, those not flushed yet included.
  long length() {
    return written + buffered;
  }

  /// Whether something stands in it, and its last line has no end.
  boolean lacksLineEnd() {
    return length() > 0 && lastByte != '\n' && lastByte != '\r';
  }

  @Override
  public void write(int b) {
    if (buffered == BUFFER) {
      flush();
    }
    buffer[buffered++] = (byte) b;
    lastByte = b;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    while (length > 0) {
      if (buffered == BUFFER) {
        flush();
      }
      int part = Math.min(length, BUFFER - buffered);
      System.arraycopy(bytes, offset, buffer, buffered, part);
      lastByte = bytes[offset + part - 1];
      buffered += part;
      offset += part;
      length -= part;
    }
  }

  /// Writes a number that is not negative in decimal digits. There are two of them in each line of
  /// a file with millions of lines, so they are put where they belong at once.
  void number(long number) {
    if (BUFFER - buffered < LONGEST_NUMBER) {
      flush();
    }
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    long rest = number;
    for (int at = buffered + digits - 1; at >= buffered; at--) {
      buffer[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    buffered += digits;
    lastByte = buffer[buffered - 1];
  }

  @Override
  public void flush() {
    if (buffered == 0) {
      return;
    }
    try {
      open().write(buffer, 0, buffered);
      written += buffered;
    } catch (IOException e) {
      throw unwritable(e);
    } finally {
      // A part of it may stand in the file: to write it again at close would double that.
      buffered = 0;
    }
  }

  @Override
  public void close() {
    flush();
    try {
      if (out != null) {
        out.close();
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private UserException unwritable(IOException e) {
    String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new UserException(
        path
            + " can not be written ("
            + (why.equals(path.toString()) ? e.getClass().getSimpleName() : why)
            + "): make room or name another directory, then load the records that are in none of the"
            + " run's files.",
        e);
  }
}
