package dev.waybill.search;

import dev.waybill.spi.CaFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
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
        context.loadTrustMaterial(CaFile.read(file), null);
      } else if (settings.anyCertificate()) {
        context.loadTrustMaterial((chain, type) -> true);
      }
      return context.build();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }
}
