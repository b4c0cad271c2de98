package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokensTest {

  private final Desk desk;

  TokensTest(@TempDir Path directory) {
    desk = new Desk(directory);
  }

  @AfterEach
  void close() {
    desk.close();
  }

  @Test
  void tokenTellsWhoCalls() {
    var grant = new Grant("nightly job", "acme", Set.of("dev", "stage"), Role.OPERATOR, null);
    String token = desk.room.tokens().issue(grant, "ann").text();

    Caller caller = desk.room.access().byToken(token, "my-client").orElseThrow();

    assertThat(caller)
        .isEqualTo(
            new Caller("nightly job", "acme", Set.of("dev", "stage"), Role.OPERATOR, "my-client"));
    assertThat(caller.reaches("dev")).isTrue();
    assertThat(caller.reaches("prod")).isFalse();
  }

  @Test
  void onlyTheHashOfATokenIsKept() {
    Tokens.Issued issued = desk.token(Role.ADMIN);

    assertThat(desk.column("SELECT hash FROM access_token")).hasSize(64);
    assertThat(desk.column("SELECT id || hash || name || created_by FROM access_token"))
        .doesNotContain(issued.text().substring(TokenText.ID_CHARACTERS));
    assertThat(issued.toString()).doesNotContain(issued.text());
    assertThat(issued.text()).startsWith(issued.token().id()).hasSize(64);
  }

  @Test
  void tokenWithTheIdOfAnotherIsNone() {
    String text = desk.token(Role.ADMIN).text();
    TokenText other = TokenText.make(new java.security.SecureRandom());
    desk.execute("UPDATE access_token SET id = '" + other.id() + "'");

    assertThat(desk.room.access().byToken(other.text(), "c")).isEmpty();
    assertThat(desk.room.access().byToken(text, "c")).isEmpty();
  }

  @Test
  void withdrawnTokenOpensNothingAtOnce() {
    Tokens.Issued issued = desk.token(Role.VIEWER);

    assertThat(desk.room.tokens().withdraw("other", issued.token().id())).isFalse();
    assertThat(desk.room.access().byToken(issued.text(), "c")).isPresent();
    assertThat(desk.room.tokens().withdraw("acme", issued.token().id())).isTrue();
    assertThat(desk.room.access().byToken(issued.text(), "c")).isEmpty();
    assertThat(desk.room.tokens().withdraw("acme", issued.token().id())).isFalse();
  }

  @Test
  void expiredTokenOpensNothing() {
    var grant = new Grant("short", "acme", Set.of(), Role.VIEWER, Duration.ofDays(90));
    String token = desk.room.tokens().issue(grant, "ann").text();

    desk.pass(Duration.ofDays(90).minusMillis(1));
    assertThat(desk.room.access().byToken(token, "c")).isPresent();
    desk.pass(Duration.ofMillis(1));
    assertThat(desk.room.access().byToken(token, "c")).isEmpty();
  }

  @Test
  void lastUseIsKnownToTheMinute() {
    String token = desk.token(Role.VIEWER).text();
    assertThat(desk.room.tokens().all().getFirst().usedAt()).isNull();

    desk.room.access().byToken(token, "c");
    var first = desk.instant();
    desk.pass(Duration.ofSeconds(59));
    desk.room.access().byToken(token, "c");
    assertThat(desk.room.tokens().all().getFirst().usedAt()).isEqualTo(first);
    desk.pass(Duration.ofSeconds(1));
    desk.room.access().byToken(token, "c");
    assertThat(desk.room.tokens().of("acme").getFirst().usedAt()).isEqualTo(desk.instant());
  }

  @Test
  void tokensOfAnotherOrganisationAreNotListed() {
    desk.token(Role.VIEWER);

    assertThat(desk.room.tokens().of("other")).isEmpty();
    assertThat(desk.room.tokens().of("acme")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "wb_",
        "wb_short",
        "Bearer x",
        "wb_' OR 1=1 --aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "wb_0000000000000000000000000000000000000000000000000000000000000",
        "a.b.c",
        "\u0000\u0000"
      })
  void whatIsNoTokenOpensNothing(String text) {
    desk.token(Role.ADMIN);

    assertThat(desk.room.access().byToken(text, "c")).isEmpty();
  }

  @Test
  void everyWrongSignIsSeenByTheChecksum() {
    String text = desk.token(Role.ADMIN).text();
    assertThat(TokenText.parse(text)).isPresent();

    for (int i = TokenText.PREFIX.length(); i < text.length(); i++) {
      char wrong = text.charAt(i) == 'x' ? 'y' : 'x';
      assertThat(TokenText.parse(text.substring(0, i) + wrong + text.substring(i + 1))).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "a/b", "ä", "-x", "a\nb"})
  void organisationThatCanNotStandInAHeaderIsRefused(String name) {
    assertThatThrownBy(() -> new Grant("n", name, Set.of(), Role.VIEWER, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("organisation");
    assertThatThrownBy(() -> new Grant("n", "acme", Set.of(name), Role.VIEWER, null))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("sandbox");
  }
}
