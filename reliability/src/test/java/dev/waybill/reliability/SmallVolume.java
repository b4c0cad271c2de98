package dev.waybill.reliability;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A file system of its own, as small as a test wants it. Linux gives it to root only.
record SmallVolume(Path directory) implements AutoCloseable {

  /// @param options of tmpfs, `size=1m`
  static SmallVolume mount(Path directory, String options) throws IOException {
    Files.createDirectories(directory);
    assumeTrue(
        ran("mount", "-t", "tmpfs", "-o", options, "tmpfs", directory.toString()),
        "a file system of its own can be mounted only by root, on Linux");
    return new SmallVolume(directory);
  }

  void change(String options) throws IOException {
    if (!ran("mount", "-o", "remount," + options, directory.toString())) {
      throw new IOException(directory + " can not be mounted with " + options);
    }
  }

  private static boolean ran(String... command) throws IOException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    if (!ran("umount", directory.toString())) {
      throw new IOException(directory + " is still mounted");
    }
  }
}
