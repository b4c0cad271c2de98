package dev.waybill.server;

import dev.waybill.UserException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// Keeps a second process from a data directory whose database only one may work on.
final class DataLock implements AutoCloseable {

  private final FileChannel channel;

  private DataLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Takes the lock; it goes with the process, however that ends.
  ///
  /// @throws UserException if another process has it
  static DataLock take(Path data) {
    Path file = data.resolve("serve.lock");
    try {
      Files.createDirectories(data);
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (locked(channel) == null) {
        channel.close();
        throw new UserException(
            "Another 'waybill serve' works in "
                + data
                + "; end that one, name another directory by --data, or have both use one PostgreSQL"
                + " by --database.");
      }
      return new DataLock(channel);
    } catch (IOException e) {
      throw new UserException(
          "The data directory " + data + " can not be written (" + e.getMessage() + ").", e);
    }
  }

  private static @Nullable FileLock locked(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
