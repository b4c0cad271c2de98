package dev.waybill.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

import dev.waybill.UserException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Where the key of secrets is kept: outside the database, so that whoever has only that has none
/// of them.
sealed interface KeyPlace {

  /// The environment variable that goes before the file.
  String VARIABLE = "WAYBILL_SECRET_KEY";

  /// The key's text; empty if there is none yet.
  ///
  /// @throws UserException if it can not be read, or others can read it
  Optional<String> read();

  /// Keeps the first key, if nobody else did meanwhile.
  ///
  /// @throws UserException if that can not be
  void begin(String key);

  /// Keeps a key in place of the one that is there.
  ///
  /// @throws UserException if that can not be
  void replace(String key);

  /// Where it is, in words.
  String name();

  /// A key in an environment variable: the text itself, or in base64.
  record Variable(String value) implements KeyPlace {

    @Override
    public Optional<String> read() {
      String text = value.strip();
      if (text.startsWith("{")) {
        return Optional.of(text);
      }
      try {
        return Optional.of(new String(Base64.getDecoder().decode(text), UTF_8));
      } catch (IllegalArgumentException e) {
        throw new UserException(
            VARIABLE + " holds no key: it takes the text of a file secret.key, or that in base64.");
      }
    }

    @Override
    public void begin(String key) {
      throw new IllegalStateException("there is a key");
    }

    @Override
    public void replace(String key) {
      throw new UserException(
          "The key stands in "
              + VARIABLE
              + ", which only its owner can change: write its value into secret.key in the data"
              + " directory, rotate there with the variable unset, and set it to what the file"
              + " holds then.");
    }

    @Override
    public String name() {
      return VARIABLE;
    }

    /// Without the key.
    @Override
    public String toString() {
      return VARIABLE;
    }
  }

  /// A key in a file that only its owner can read.
  record InFile(Path file) implements KeyPlace {

    private static final Set<PosixFilePermission> OWN = EnumSet.of(OWNER_READ, OWNER_WRITE);

    @Override
    public Optional<String> read() {
      try {
        if (isPosix() && !OWN.containsAll(Files.getPosixFilePermissions(file))) {
          throw new UserException(
              "Others can read the key of secrets: chmod 600 "
                  + file
                  + ", and rotate it by 'waybill secret rotate-key' if they may have.");
        }
        return Optional.of(Files.readString(file));
      } catch (NoSuchFileException e) {
        return Optional.empty();
      } catch (IOException e) {
        throw new UserException("The key of secrets in " + file + " can not be read.", e);
      }
    }

    @Override
    public void begin(String key) {
      Path ready = written(key);
      try {
        // Unlike a move, a link never takes the place of one that another process made meanwhile.
        Files.createLink(file, ready);
      } catch (FileAlreadyExistsException e) {
        // That one is the key.
      } catch (IOException | UnsupportedOperationException e) {
        throw new UserException("The key of secrets can not be kept as " + file + ".", e);
      } finally {
        delete(ready);
      }
    }

    @Override
    public void replace(String key) {
      Path ready = written(key);
      try {
        Files.move(
            ready, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (IOException e) {
        delete(ready);
        throw new UserException("The key of secrets can not be kept as " + file + ".", e);
      }
    }

    private Path written(String key) {
      try {
        Path directory = file.toAbsolutePath().getParent();
        Files.createDirectories(directory);
        // Made with mode 0600 where there are modes.
        Path ready = Files.createTempFile(directory, "secret", ".new", attributes());
        Files.writeString(ready, key);
        return ready;
      } catch (IOException e) {
        throw new UserException("The key of secrets can not be kept as " + file + ".", e);
      }
    }

    private FileAttribute<?>[] attributes() {
      return isPosix()
          ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWN)}
          : new FileAttribute<?>[0];
    }

    private boolean isPosix() {
      return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static void delete(Path ready) {
      try {
        Files.deleteIfExists(ready);
      } catch (IOException e) {
        // It stays as a copy that only the owner can read.
      }
    }

    @Override
    public String name() {
      return file.toString();
    }
  }
}
