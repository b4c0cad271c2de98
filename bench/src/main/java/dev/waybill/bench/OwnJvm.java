package dev.waybill.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Another Java process with the class path of this one.
final class OwnJvm {

  private OwnJvm() {}

  static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(arguments));
    return command;
  }
}
