package dev.waybill.testkit.aws;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/// Emulators that are programs for Node: fetched once by npm, in the versions of the lock file,
/// without running any script of theirs.
final class NodePackages {

  private static final int OLDEST_NODE = 20;
  private static final Pattern VERSION = Pattern.compile("v([0-9]+)\\..*", Pattern.DOTALL);
  private static final List<String> FILES =
      List.of("package.json", "package-lock.json", "leash.cjs");

  private NodePackages() {}

  /// The directory in which they are; aborts the test if there is no Node, or npm can not fetch
  /// them.
  @SuppressWarnings("try") // the lock is held, not used
  static Path installed(Path emulators) {
    requireNode();
    Path directory = emulators.resolve("node");
    try {
      Files.createDirectories(directory);
      // several builds of a reactor may want them at once
      try (var lock =
              FileChannel.open(
                  emulators.resolve("node.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          var held = lock.lock()) {
        install(directory, emulators.resolve("npm.log"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return directory;
  }

  private static void requireNode() {
    String version = "";
    try {
      Process process = new ProcessBuilder("node", "--version").redirectErrorStream(true).start();
      version = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      Assumptions.abort(
          "Node is not on the PATH: what runs against kinesalite and dynalite is skipped.");
    }
    Matcher matcher = VERSION.matcher(version);
    if (!matcher.matches() || Integer.parseInt(matcher.group(1)) < OLDEST_NODE) {
      Assumptions.abort(
          "Node "
              + version.strip()
              + " is older than "
              + OLDEST_NODE
              + ": what runs against kinesalite and dynalite is skipped.");
    }
  }

  private static void install(Path directory, Path log) throws IOException {
    Path done = directory.resolve("installed");
    String wanted = new String(resource("package-lock.json"), StandardCharsets.UTF_8);
    for (String file : FILES) {
      Files.write(directory.resolve(file), resource(file));
    }
    if (Files.exists(done) && Files.readString(done).equals(wanted)) {
      return;
    }
    Process process =
        new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(2, TimeUnit.MINUTES) || process.exitValue() != 0) {
        process.destroyForcibly();
        Assumptions.abort("npm could not fetch kinesalite and dynalite: " + log + " tells why.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Path temporary = Files.writeString(directory.resolve("installed.new"), wanted);
    Files.move(temporary, done, StandardCopyOption.REPLACE_EXISTING);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = NodePackages.class.getResourceAsStream("node/" + name)) {
      if (in == null) {
        throw new IOException("the jar lacks node/" + name);
      }
      return in.readAllBytes();
    }
  }
}
