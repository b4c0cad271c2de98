package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.cli.view.Screen;
import dev.waybill.server.http.HttpSettings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Does once what users do, in a directory of its own, so that the launcher can keep the classes
/// that it takes in an archive.
final class Training {

  private Training() {}

  /// Takes no arguments.
  public static void main(String[] args) throws IOException {
    Path folder = Files.createTempDirectory("waybill-training");
    try {
      var nowhere = new PrintWriter(Writer.nullWriter());
      var console = new Console(nowhere, nowhere, Screen.STREAM, Screen.STREAM);
      Path csv = folder.resolve("people.csv");
      Files.writeString(csv, "id,name\n1,Ada\n1,Grace\n,\n");
      String out = folder.resolve("out").toString();
      String ledger = folder.resolve("ledger.db").toString();
      Main.run(console, "--help");
      Main.run(console, "load", "--help");
      Main.run(console, "destinations");
      String database = "sqlite:" + folder.resolve("people.db");
      Main.run(
          console,
          "load",
          csv.toString(),
          "--to",
          database,
          "--key",
          "id",
          "--out",
          out,
          "--patience",
          "5s",
          "--ledger",
          ledger);
      Main.run(
          console,
          "load",
          csv.toString(),
          "--to",
          "sim:",
          "--json",
          "--out",
          out,
          "--ledger",
          ledger);
      Main.run(console, "runs", "--ledger", ledger);
      Main.run(console, "show", "last", "--ledger", ledger);
      serve();
    } catch (UserException e) {
      // A port that can not be had, for one: what was taken until then is worth keeping.
    } finally {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void serve() throws IOException {
    try (Demo demo = Demo.start(HttpSettings.loopback(0))) {
      for (String page : List.of("/health", "/sign-in")) {
        try (InputStream answer = demo.address().resolve(page).toURL().openStream()) {
          answer.transferTo(OutputStream.nullOutputStream());
        }
      }
    }
  }
}
