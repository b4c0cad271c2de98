package dev.waybill.spi;

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

/// What the option `ca-file` of connectors names: the certificates of those who are believed in
/// place of Java's own, in PEM.
public final class CaFile {

  private CaFile() {}

  /// The certificates, for a trust manager.
  ///
  /// @throws UserException if the file can not be read, or holds none
  /// @throws GeneralSecurityException if this Java has no X.509
  public static KeyStore read(Path file) throws GeneralSecurityException {
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
