package dev.waybill.http;

import dev.waybill.spi.CaFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultHostnameVerifier;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/// Turns the user's trust into what TLS needs.
final class Certificates {

  private Certificates() {}

  static SSLContext context(ConnectionSettings.Trust trust) {
    try {
      return switch (trust) {
        case ConnectionSettings.Trust.Platform() -> SSLContextBuilder.create().build();
        case ConnectionSettings.Trust.Authorities(Path file) ->
            SSLContextBuilder.create().loadTrustMaterial(CaFile.read(file), null).build();
        case ConnectionSettings.Trust.Anyone() ->
            SSLContextBuilder.create().loadTrustMaterial((chain, type) -> true).build();
      };
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS", e);
    }
  }

  static HostnameVerifier names(ConnectionSettings.Trust trust) {
    return trust instanceof ConnectionSettings.Trust.Anyone
        ? NoopHostnameVerifier.INSTANCE
        : new DefaultHostnameVerifier();
  }
}
