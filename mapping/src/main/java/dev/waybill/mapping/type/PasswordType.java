package dev.waybill.mapping.type;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.mapping.Transformation;
import dev.waybill.mapping.UnfitValueException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// `password`: a hash becomes the record that tells an Akamai Identity Cloud how to check it;
/// `password:TYPE` names the type of hash where it can not be seen from the hash.
///
/// Known by their beginning: `{SSHA}` (salted SHA-1, as the original `dataload.py` reads it),
/// `$2a$`, `$2b$`, `$2y$` (bcrypt), `$5$` and `$6$` (Unix crypt with SHA-256 and SHA-512). The
/// types' names are those of Akamai's page "Transform user passwords".
public final class PasswordType implements Transformation {

  private static final FieldNames UNSALTED = FieldNames.of("type", "value");
  private static final FieldNames SALTED = FieldNames.of("type", "value", "salt");
  private static final int SHA1_BYTES = 20;

  private final @Nullable String type;

  /// The type of hash is seen from the hash.
  public PasswordType() {
    this(null);
  }

  private PasswordType(@Nullable String type) {
    this.type = type;
  }

  @Override
  public String name() {
    return "password";
  }

  @Override
  public Transformation configured(String setting) {
    return new PasswordType(setting.strip());
  }

  @Override
  public Privacy privacy() {
    return Privacy.CONCEALED;
  }

  @Override
  public Object apply(Object value) throws UnfitValueException {
    String hash = value.toString();
    if (type != null) {
      return Fields.of(UNSALTED, type, hash);
    }
    if (hash.startsWith("{SSHA}")) {
      return saltedSha1(hash.substring("{SSHA}".length()));
    }
    if (hash.matches("\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
      return Fields.of(UNSALTED, "password-bcrypt", hash);
    }
    if (hash.startsWith("$5$")) {
      return Fields.of(UNSALTED, "password-crypt-sha256", hash);
    }
    if (hash.startsWith("$6$")) {
      return Fields.of(UNSALTED, "password-crypt-sha512", hash);
    }
    throw new UnfitValueException(
        "is not a hash that is known by its beginning ({SSHA}, $2a$, $2b$, $2y$, $5$, $6$);"
            + " name its type, as in password:password-sha-256");
  }

  /// The digest and, behind it, the salt.
  private static Fields saltedSha1(String base64) throws UnfitValueException {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new UnfitValueException("is not a salted SHA-1 hash: it is not Base64");
    }
    if (bytes.length <= SHA1_BYTES) {
      throw new UnfitValueException("is not a salted SHA-1 hash: it has no salt");
    }
    Base64.Encoder encoder = Base64.getEncoder();
    return Fields.of(
        SALTED,
        "password-saltedsha-1-right-base64",
        encoder.encodeToString(Arrays.copyOf(bytes, SHA1_BYTES)),
        encoder.encodeToString(Arrays.copyOfRange(bytes, SHA1_BYTES, bytes.length)));
  }
}
