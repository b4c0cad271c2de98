package dev.waybill.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir Path directory;

  private record Hello() implements Area {
    @Override
    public String path() {
      return "/";
    }

    @Override
    public void routes(HttpRules rules) {
      rules.get("/", (request, response) -> response.send("hello"));
    }

    @Override
    public void refuse(HttpProblem problem, ServerRequest request, ServerResponse response) {
      response.send(problem.detail());
    }
  }

  private static HttpServer start(TlsFiles files) {
    return HttpServer.start(
        HttpSettings.loopback(0).withHost("localhost").withTls(files),
        new SimpleMeterRegistry(),
        List.of(new Hello()));
  }

  @Test
  void certificateAndKeyAreTakenFromPemFiles() throws Exception {
    KeyStore made = selfSigned();
    Certificate certificate = made.getCertificate("it");
    Path certificates = pem("cert.pem", "CERTIFICATE", certificate.getEncoded());
    Path key = pem("key.pem", "PRIVATE KEY", made.getKey("it", PASSWORD).getEncoded());
    try (HttpServer server = start(new TlsFiles(certificates, key));
        HttpClient client = HttpClient.newBuilder().sslContext(trusting(certificate)).build()) {
      assertThat(server.address().getScheme()).isEqualTo("https");
      var response =
          client.send(
              HttpRequest.newBuilder(server.address().resolve("/")).build(),
              BodyHandlers.ofString());
      assertThat(response.body()).isEqualTo("hello");
      assertThat(response.headers().firstValue("Strict-Transport-Security"))
          .contains("max-age=31536000");
    }
  }

  @Test
  void whatIsWrongWithTheFilesIsSaid() throws Exception {
    Path none = directory.resolve("none.pem");
    assertThatThrownBy(() -> start(new TlsFiles(none, none)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("none.pem for TLS can not be read");
    Path nonsense = Files.writeString(directory.resolve("nonsense.pem"), "nonsense");
    assertThatThrownBy(() -> start(new TlsFiles(nonsense, nonsense)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("PEM");
  }

  /// The JDK's own tool makes it: there is no public interface for that.
  private KeyStore selfSigned() throws Exception {
    Path store = directory.resolve("it.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "it",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storepass",
                "changeit")
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("keytool.txt").toFile())
            .start();
    assertThat(keytool.waitFor()).isZero();
    return KeyStore.getInstance(store.toFile(), PASSWORD);
  }

  private Path pem(String name, String kind, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        directory.resolve(name),
        "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
  }

  private static SSLContext trusting(Certificate certificate) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null, null);
    trusted.setCertificateEntry("it", certificate);
    var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    return context;
  }
}
