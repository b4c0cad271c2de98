package dev.waybill.server.access;

import java.nio.file.Path;
import java.util.List;

/// What of the machine's own secrets the jobs of flows may name by `env:` and `file:`.
///
/// Whoever can make a flow could send them anywhere, so a flow made by REST or on the page may name
/// none unless the machine's owner says so. The files of the flows' folder are put there by its
/// owner and may name all.
///
/// @param variables names of environment variables; a `*` at the end stands for any rest
/// @param directories all files below them
public record References(List<String> variables, List<Path> directories) {

  public static final References NONE = new References(List.of(), List.of());

  /// All that the process can read.
  public static final References ALL = new References(List.of("*"), List.of(Path.of("/")));

  public References {
    variables = List.copyOf(variables);
    directories = List.copyOf(directories);
  }

  boolean allowsVariable(String name) {
    return variables.stream()
        .anyMatch(
            pattern ->
                pattern.endsWith("*")
                    ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                    : name.equals(pattern));
  }
}
