package dev.waybill.server.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import dev.waybill.UserException;
import dev.waybill.server.catalog.Tenant;
import java.security.GeneralSecurityException;
import java.util.Base64;

/// Encrypts and decrypts by Tink's AEAD (AES-256-GCM), each text bound to the place where it
/// stands, so that nobody who can write the database can put one secret in the place of another.
///
/// The key is read from its place each time: secrets are seldom used, and another process may have
/// rotated it.
record Vault(KeyPlace place) {

  Vault {
    try {
      AeadConfig.register();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the library registers its own algorithms", e);
    }
  }

  /// Where a text stands.
  record Place(Tenant tenant, String name) {

    /// Each part with its length before it, so that no two places have the same.
    private byte[] associated() {
      var text = new StringBuilder("waybill secret");
      for (String part : new String[] {tenant.organisation(), tenant.sandbox(), name}) {
        text.append('\n').append(part.length()).append(' ').append(part);
      }
      return text.toString().getBytes(UTF_8);
    }
  }

  /// What a key is wanted for.
  enum Need {
    /// Made if there is none.
    FIRST_SECRET,
    THERE_ARE_SECRETS
  }

  /// @throws UserException if there is no key to be had
  String encrypt(Place where, String text, Need need) {
    if (need == Need.FIRST_SECRET && place.read().isEmpty()) {
      place.begin(serialized(fresh()));
    }
    try {
      byte[] sealed = aead(keys()).encrypt(text.getBytes(UTF_8), where.associated());
      return Base64.getEncoder().encodeToString(sealed);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a text can always be encrypted", e);
    }
  }

  /// @throws UserException if there is no key, or it is another one, or the text was changed
  String decrypt(Place where, String sealed) {
    KeysetHandle keys = keys();
    try {
      return new String(
          aead(keys).decrypt(Base64.getDecoder().decode(sealed), where.associated()), UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new UserException(
          ("the secret %s of %s/%s can not be decrypted by the key in %s: put back the key that it"
                  + " was kept by, or set the secret anew")
              .formatted(
                  where.name(),
                  where.tenant().organisation(),
                  where.tenant().sandbox(),
                  place.name()),
          e);
    }
  }

  /// Makes a new key the one that encrypts. The one before is kept for decrypting until the next
  /// time, because another process may still have used it a moment ago; older ones are dropped.
  ///
  /// @throws UserException if there is no key, or it can not be replaced
  void rotate() {
    KeysetHandle old = keys();
    try {
      place.replace(
          serialized(
              KeysetHandle.newBuilder()
                  .addEntry(
                      KeysetHandle.importKey(old.getPrimary().getKey())
                          .withFixedId(old.getPrimary().getId()))
                  .addEntry(
                      KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                          .withRandomId()
                          .makePrimary())
                  .build()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key can always be made", e);
    }
  }

  private KeysetHandle keys() {
    String text =
        place
            .read()
            .orElseThrow(
                () ->
                    new UserException(
                        "The key of secrets is not there: put "
                            + place.name()
                            + " back, or remove all secrets and set them anew."));
    try {
      return TinkJsonProtoKeysetFormat.parseKeyset(text, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      // Without the cause, whose words may hold a part of the key.
      throw new UserException(
          place.name() + " holds no key of secrets; put back the one that was there.");
    }
  }

  private static KeysetHandle fresh() {
    try {
      return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key can always be made", e);
    }
  }

  private static String serialized(KeysetHandle keys) {
    try {
      return TinkJsonProtoKeysetFormat.serializeKeyset(keys, InsecureSecretKeyAccess.get());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key has a text", e);
    }
  }

  private static Aead aead(KeysetHandle keys) throws GeneralSecurityException {
    return keys.getPrimitive(RegistryConfiguration.get(), Aead.class);
  }
}
