package dev.waybill.http.preset;

import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// An RSA key that is made for a run of the tests.
final class TestKey {

  /// Its private half in PEM, on one line.
  static final String PEM = pem();

  private TestKey() {}

  private static String pem() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      byte[] key = generator.generateKeyPair().getPrivate().getEncoded();
      return "-----BEGIN PRIVATE KEY-----"
          + Base64.getEncoder().encodeToString(key)
          + "-----END PRIVATE KEY-----";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
