package dev.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.cli.Cli.Said;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessCommandsTest {

  @TempDir Path directory = Path.of("");

  private Said says(String... words) {
    return new Cli(directory)
        .says(
            Stream.concat(
                    Stream.of(words), Stream.of("--data", directory.resolve("data").toString()))
                .toArray(String[]::new));
  }

  @Test
  void tokenIsShownOnceListedWithoutItsSecretAndRevoked() {
    Said created =
        says(
            "token",
            "create",
            "--name",
            "nightly load",
            "--org",
            "acme",
            "--sandbox",
            "dev",
            "--sandbox",
            "prod",
            "--role",
            "operator",
            "--expires",
            "90d");
    String token = created.out().strip();
    String id = token.substring(0, 15);
    assertThat(token).startsWith("wb_").hasSize(64);
    assertThat(created.err()).contains("it is not shown again").contains(id);

    Said listed = says("token", "list");
    assertThat(listed.out())
        .contains(id, "operator", "acme", "dev,prod", "good", "never", "nightly load")
        .doesNotContain(token);
    assertThat(says("token", "list", "--org", "other").err()).contains("There are no tokens");

    assertThat(says("token", "revoke", id).err()).startsWith("Withdrawn: nightly load");
    assertThat(says("token", "revoke", id).err()).startsWith("It was withdrawn before");
    assertThat(says("token", "list", "--json").out()).contains("\"state\":\"withdrawn\"");

    Said audit = says("audit", "--org", "acme");
    assertThat(audit.out().lines().skip(1))
        .hasSize(2)
        .first()
        .asString()
        .contains("token.withdraw", id, "command", "done");
    assertThat(says("audit", "--org", "acme", "--limit", "1", "--json").out())
        .contains("\"action\":\"token.withdraw\"")
        .doesNotContain("token.create");
  }

  @Test
  void wrongWordsAreToldInOneSentence() {
    assertThat(says("token", "revoke", "wb_none").err()).contains("There is no token wb_none");
    assertThat(says("token", "create", "--name", "x", "--org", "acme", "--role", "root").err())
        .contains("--role takes viewer, operator or admin, not 'root'");
    assertThat(
            says(
                    "token",
                    "create",
                    "--name",
                    "x",
                    "--org",
                    "acme",
                    "--role",
                    "viewer",
                    "--expires",
                    "soon")
                .err())
        .contains("--expires takes a length of time");
    assertThat(says("token").code()).isEqualTo(2);
  }

  @Test
  void secretIsKeptListedByNameRotatedAndDeleted() {
    String file = new Cli(directory).file("value", "s3cret\n");

    assertThat(says("secret", "set", "crm", "--org", "acme", "--from", "file:" + file).err())
        .contains("secret:crm");
    Said listed = says("secret", "list", "--org", "acme");
    assertThat(listed.out()).contains("crm").doesNotContain("s3cret");
    assertThat(says("secret", "list", "--org", "acme", "--sandbox", "dev").err())
        .contains("There are no secrets");
    assertThat(says("secret", "rotate-key").err()).contains("1 secret is encrypted by it");
    assertThat(says("secret", "delete", "crm", "--org", "acme").code()).isZero();
    assertThat(says("secret", "delete", "crm", "--org", "acme").err())
        .contains("There is no secret crm in acme/prod");
  }
}
