package dev.waybill.search;

import dev.waybill.UserException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.ClientTlsStrategyBuilder;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.http.nio.ssl.TlsStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/// Turns the user's trust into what TLS needs.
final class Certificates {

  private Certificates() {}

  static TlsStrategy strategy(ConnectionSettings settings) {
    var strategy = ClientTlsStrategyBuilder.create().setSslContext(context(settings));
    if (settings.anyCertificate()) {
      strategy.setHostnameVerifier(NoopHostnameVerifier.INSTANCE);
    }
    return strategy.buildAsync();
  }

  private static SSLContext context(ConnectionSettings settings) {
    try {
      var context = SSLContextBuilder.create();
      Path file = settings.authority();
      if (file != null) {
        context.loadTrustMaterial(store(file), null);
      } else if (settings.anyCertificate()) {
        context.loadTrustMaterial((chain, type) -> true);
      }
      return context.build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  private static KeyStore store(Path file) throws GeneralSecurityException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(file)) {
      certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException e) {
      throw new UserException("option 'ca-file': the file " + file + " can not be read", e);
    } catch (CertificateException e) {
      throw new UserException("option 'ca-file': " + file + " holds no certificates in PEM", e);
    }
    if (certificates.isEmpty()) {
      throw new UserException("option 'ca-file': " + file + " holds no certificates in PEM");
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      int count = 0;
      for (Certificate certificate : certificates) {
        store.setCertificateEntry("authority-" + count++, certificate);
      }
      return store;
    } catch (IOException e) {
      throw new IllegalStateException("an empty key store can not be made", e);
    }
  }
}
