package dev.waybill.spi;

import dev.waybill.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the values of secret options come from.
@FunctionalInterface
public interface SecretSource {

  /// The secret that a value stands for.
  ///
  /// @param value as the user gave it: a reference such as `env:NAME`, or the secret itself
  /// @throws UserException if it refers to something that is not there or must not be used; says
  ///   what, as the end of a sentence: `the environment variable CRM_TOKEN is not set`
  String reveal(String value);

  /// Those of the machine: `env:NAME` for an environment variable, `file:PATH` for a file without
  /// the blanks around its text. All else is the secret itself.
  static SecretSource ofMachine() {
    return value -> {
      if (value.startsWith("env:")) {
        String variable = value.substring("env:".length());
        String content = System.getenv(variable);
        if (content == null) {
          throw new UserException("the environment variable " + variable + " is not set");
        }
        return content;
      }
      if (value.startsWith("file:")) {
        String path = value.substring("file:".length());
        try {
          return Files.readString(Path.of(path)).strip();
        } catch (IOException | IllegalArgumentException e) {
          throw new UserException("the file " + path + " can not be read", e);
        }
      }
      if (value.startsWith("secret:")) {
        throw new UserException(
            "only the service keeps secrets such as "
                + value
                + "; give env:VARIABLE or file:PATH here");
      }
      return value;
    };
  }

  /// Whether a value names a secret and is none itself, so that it may be kept and shown.
  static boolean isReference(String value) {
    return value.startsWith("env:") || value.startsWith("file:") || value.startsWith("secret:");
  }
}
