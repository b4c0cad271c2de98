package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import dev.waybill.server.catalog.Tenant;
import dev.waybill.spi.SecretSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretsTest {

  private static final Tenant PROD = new Tenant("acme", "prod");
  private static final Tenant DEV = new Tenant("acme", "dev");

  private final Path directory;
  private final Desk desk;
  private final Secrets secrets;

  SecretsTest(@TempDir Path directory) {
    this.directory = directory;
    desk = new Desk(directory);
    secrets = desk.room.secrets();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Path key() {
    return directory.resolve("secret.key");
  }

  private String reveal(Tenant tenant, String reference) {
    return secrets.of(tenant, References.NONE).reveal(reference);
  }

  @Test
  void secretIsKeptEncryptedAndFoundByItsNameInItsSandboxOnly() {
    secrets.set(PROD, "crm", "s3cret Ä", "ann");

    assertThat(reveal(PROD, "secret:crm")).isEqualTo("s3cret Ä");
    assertThatThrownBy(() -> reveal(DEV, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessage("there is no secret crm in acme/dev; set it by 'waybill secret set'");
    assertThat(secrets.list(PROD)).containsExactly(new Secrets.Named("crm", desk.instant(), "ann"));
    assertThat(secrets.list(DEV)).isEmpty();
    assertThat(desk.column("SELECT ciphertext FROM access_secret")).doesNotContain("s3cret");
  }

  @Test
  void keyIsAFileThatOnlyItsOwnerCanRead() throws IOException {
    assertThat(key()).doesNotExist();

    secrets.set(PROD, "crm", "s3cret", "ann");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
    try (var files = Files.list(directory)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .allMatch(name -> name.equals("secret.key") || name.startsWith("service.db"));
    }
  }

  @Test
  void keyThatOthersCanReadIsRefused() throws IOException {
    secrets.set(PROD, "crm", "s3cret", "ann");
    Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-r-----"));

    assertThatThrownBy(() -> reveal(PROD, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("chmod 600");
  }

  @Test
  void laterValueTakesThePlaceOfTheFormer() {
    secrets.set(PROD, "crm", "one", "ann");
    secrets.set(PROD, "crm", "two", "ben");

    assertThat(reveal(PROD, "secret:crm")).isEqualTo("two");
    assertThat(secrets.list(PROD)).extracting(Secrets.Named::changedBy).containsExactly("ben");
    assertThat(secrets.remove(PROD, "crm")).isTrue();
    assertThat(secrets.remove(PROD, "crm")).isFalse();
  }

  @Test
  void secretMovedToAnotherPlaceInTheDatabaseIsNotDecrypted() {
    secrets.set(PROD, "crm", "s3cret", "ann");
    desk.execute("UPDATE access_secret SET sandbox = 'dev'");

    assertThatThrownBy(() -> reveal(DEV, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("the secret crm of acme/dev can not be decrypted by the key in");
  }

  @Test
  void changedTextIsNotDecrypted() {
    secrets.set(PROD, "crm", "s3cret", "ann");
    byte[] sealed = Base64.getDecoder().decode(desk.column("SELECT ciphertext FROM access_secret"));
    sealed[sealed.length / 2] ^= 1;
    desk.execute(
        "UPDATE access_secret SET ciphertext = '"
            + Base64.getEncoder().encodeToString(sealed)
            + "'");

    assertThatThrownBy(() -> reveal(PROD, "secret:crm")).isInstanceOf(UserException.class);
    desk.execute("UPDATE access_secret SET ciphertext = 'no base64 at all'");
    assertThatThrownBy(() -> reveal(PROD, "secret:crm")).isInstanceOf(UserException.class);
  }

  @Test
  void otherKeyIsNamedAsTheReason() throws IOException {
    secrets.set(PROD, "crm", "s3cret", "ann");
    Path kept = directory.resolve("kept");
    Files.move(key(), kept);

    assertThatThrownBy(() -> reveal(PROD, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("The key of secrets is not there: put " + key() + " back");
    assertThatThrownBy(() -> secrets.set(PROD, "other", "x", "ann"))
        .as("no new key while there are secrets that it can not decrypt")
        .isInstanceOf(UserException.class);

    new Vault(new KeyPlace.InFile(key()))
        .encrypt(new Vault.Place(DEV, "x"), "x", Vault.Need.FIRST_SECRET);
    assertThatThrownBy(() -> reveal(PROD, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be decrypted by the key in " + key());

    Files.writeString(key(), "no key");
    assertThatThrownBy(() -> reveal(PROD, "secret:crm"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("holds no key of secrets");
  }

  @Test
  void rotationEncryptsAllAnewWhileOthersGoOn() throws IOException {
    secrets.set(PROD, "crm", "one", "ann");
    secrets.set(DEV, "crm", "two", "ann");
    String before = Files.readString(key());
    String sealed = desk.column("SELECT ciphertext FROM access_secret WHERE sandbox = 'dev'");
    Secrets other = desk.room(AccessRoom.Settings.USUAL, Map.of()).secrets();

    assertThat(secrets.rotateKey()).isEqualTo(2);

    assertThat(other.of(PROD, References.NONE).reveal("secret:crm")).isEqualTo("one");
    assertThat(reveal(DEV, "secret:crm")).isEqualTo("two");
    assertThat(Files.readString(key())).isNotEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");

    // The key before is kept for one rotation, and gone after the next.
    desk.execute("UPDATE access_secret SET ciphertext = '" + sealed + "' WHERE sandbox = 'dev'");
    assertThat(reveal(DEV, "secret:crm")).isEqualTo("two");
    assertThat(secrets.rotateKey()).isEqualTo(2);
    desk.execute("UPDATE access_secret SET ciphertext = '" + sealed + "' WHERE sandbox = 'dev'");
    assertThatThrownBy(() -> reveal(DEV, "secret:crm")).isInstanceOf(UserException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void keyMayComeFromTheEnvironment(boolean base64) throws IOException {
    secrets.set(PROD, "crm", "s3cret", "ann");
    String text = Files.readString(key());
    String value =
        base64
            ? Base64.getEncoder()
                .encodeToString(text.getBytes(java.nio.charset.StandardCharsets.UTF_8))
            : text;
    Files.delete(key());

    Secrets other =
        desk.room(AccessRoom.Settings.USUAL, Map.of("WAYBILL_SECRET_KEY", value)).secrets();

    assertThat(other.of(PROD, References.NONE).reveal("secret:crm")).isEqualTo("s3cret");
    assertThatThrownBy(other::rotateKey)
        .isInstanceOf(UserException.class)
        .hasMessageContaining("WAYBILL_SECRET_KEY")
        .hasMessageNotContainingAny(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "a:b", "ä", ".x"})
  void nameThatCanNotStandInAReferenceIsRefused(String name) {
    assertThatThrownBy(() -> secrets.set(PROD, name, "x", "ann")).isInstanceOf(UserException.class);
  }

  @Test
  void flowsMayNameNothingOfTheMachineUnlessAllowed() throws IOException {
    Path allowed = Files.createDirectory(directory.resolve("run-secrets"));
    Files.writeString(allowed.resolve("crm"), " s3cret\n");
    Path hidden = Files.writeString(directory.resolve("hidden"), "x");
    Path link = Files.createSymbolicLink(allowed.resolve("link"), hidden);
    SecretSource none = secrets.of(PROD, References.NONE);
    SecretSource some = secrets.of(PROD, new References(List.of("PAT*", "HOME"), List.of(allowed)));

    assertThatThrownBy(() -> none.reveal("env:PATH"))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--allow-env");
    assertThatThrownBy(() -> none.reveal("file:" + allowed.resolve("crm")))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("--allow-file");
    assertThat(some.reveal("env:PATH")).isEqualTo(System.getenv("PATH"));
    assertThat(some.reveal("file:" + allowed.resolve("crm"))).isEqualTo("s3cret");
    for (Path outside : List.of(hidden, link, allowed.resolve("../hidden"))) {
      assertThatThrownBy(() -> some.reveal("file:" + outside))
          .isInstanceOf(UserException.class)
          .hasMessageContaining("--allow-file");
    }
    assertThatThrownBy(() -> some.reveal("env:WAYBILL_SECRET_KEY"))
        .isInstanceOf(UserException.class);
    assertThat(none.reveal("in the clear")).isEqualTo("in the clear");
    assertThat(secrets.of(PROD, References.ALL).reveal("file:" + hidden)).isEqualTo("x");
  }
}
