package dev.waybill.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// A self-signed certificate for 127.0.0.1, made with the JDK's own tool.
///
/// @param server what a server with this certificate speaks TLS by
/// @param certificate the certificate, a file of PEM
public record TestKeys(SSLContext server, Path certificate) {

  private static final AtomicReference<TestKeys> MADE = new AtomicReference<>();

  /// The same for all tests: making one takes a second.
  public static synchronized TestKeys get() throws Exception {
    TestKeys keys = MADE.get();
    if (keys == null) {
      Path directory = Files.createTempDirectory("waybill-test-keys");
      keys = make(directory);
      directory.toFile().deleteOnExit(); // last, as these run backwards
      keys.certificate().toFile().deleteOnExit();
      keys.certificate().resolveSibling("keys.p12").toFile().deleteOnExit();
      MADE.set(keys);
    }
    return keys;
  }

  private static TestKeys make(Path directory) throws Exception {
    Path store = directory.resolve("keys.p12");
    Path certificate = directory.resolve("ca.pem");
    keytool(
        "-genkeypair",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=waybill test",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-keystore",
        store.toString(),
        "-storepass",
        "secret");
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "server",
        "-file",
        certificate.toString(),
        "-keystore",
        store.toString(),
        "-storepass",
        "secret");
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return new TestKeys(context, certificate);
  }

  private static void keytool(String... arguments) throws Exception {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
  }
}
