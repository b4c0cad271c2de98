package dev.waybill.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SessionsTest {

  private static final String HERE = "192.0.2.7";

  private final Desk desk;
  private final Sessions sessions;

  SessionsTest(@TempDir Path directory) {
    desk = new Desk(directory);
    sessions = desk.room.sessions();
  }

  @AfterEach
  void close() {
    desk.close();
  }

  private Session signedIn(String token) {
    assertThat(sessions.signIn(token, HERE)).isInstanceOf(SignIn.Done.class);
    return ((SignIn.Done) sessions.signIn(token, HERE)).session();
  }

  @Test
  void tokenOpensASessionThatEveryProcessKnows() {
    Session session = signedIn(" " + desk.token(Role.OPERATOR).text() + "\n");

    var other = desk.room(AccessRoom.Settings.USUAL, Map.of()).sessions();
    Session found = other.find(session.cookie(), "192.0.2.8").orElseThrow();

    assertThat(found.caller())
        .isEqualTo(new Caller("nightly", "acme", Set.of(), Role.OPERATOR, "page", "192.0.2.8"));
    assertThat(found.csrf()).isEqualTo(session.csrf());
  }

  @Test
  void onlyTheHashOfACookieIsKept() {
    Session session = signedIn(desk.token(Role.VIEWER).text());

    assertThat(desk.column("SELECT group_concat(hash || token || name) FROM access_session"))
        .doesNotContain(session.cookie())
        .doesNotContain(session.csrf());
    assertThat(session.toString()).doesNotContain(session.cookie()).doesNotContain(session.csrf());
  }

  @Test
  void sessionIsOverAfterHalfAnHourWithoutARequest() {
    Session session = signedIn(desk.token(Role.VIEWER).text());

    for (int i = 0; i < 4; i++) {
      desk.pass(Duration.ofMinutes(29));
      assertThat(sessions.find(session.cookie(), HERE)).isPresent();
    }
    desk.pass(Duration.ofMinutes(30));
    assertThat(sessions.find(session.cookie(), HERE)).isEmpty();
  }

  @Test
  void sessionIsOverAfterTwelveHoursHoweverMuchItIsUsed() {
    Session session = signedIn(desk.token(Role.VIEWER).text());

    for (int i = 0; i < 12 * 6 - 1; i++) {
      desk.pass(Duration.ofMinutes(10));
      assertThat(sessions.find(session.cookie(), HERE)).isPresent();
    }
    desk.pass(Duration.ofMinutes(10));
    assertThat(sessions.find(session.cookie(), HERE)).isEmpty();
  }

  @Test
  void sessionEndsWithItsToken() {
    var grant = new Grant("short", "acme", Set.of(), Role.VIEWER, Duration.ofMinutes(20));
    Session expiring = signedIn(desk.room.tokens().issue(grant, "t").text());
    Tokens.Issued issued = desk.token(Role.VIEWER);
    Session withdrawn = signedIn(issued.text());

    desk.room.tokens().withdraw("acme", issued.token().id());
    assertThat(sessions.find(withdrawn.cookie(), HERE)).isEmpty();
    assertThat(sessions.find(expiring.cookie(), HERE)).isPresent();
    desk.pass(Duration.ofMinutes(20));
    assertThat(sessions.find(expiring.cookie(), HERE)).isEmpty();
  }

  @Test
  void signedOutCookieOpensNothing() {
    Session session = signedIn(desk.token(Role.VIEWER).text());

    sessions.signOut(session);

    assertThat(sessions.find(session.cookie(), HERE)).isEmpty();
    assertThat(sessions.find("", HERE)).isEmpty();
    assertThat(sessions.find("0".repeat(64), HERE)).isEmpty();
  }

  @Test
  void whatIsOverIsTidiedAwayWhenSomebodySignsIn() {
    String token = desk.token(Role.VIEWER).text();
    signedIn(token);
    desk.pass(Duration.ofMinutes(31));

    assertThat(sessions.signIn(token, HERE)).isInstanceOf(SignIn.Done.class);

    assertThat(desk.column("SELECT count(*) FROM access_session")).isEqualTo("1");
  }

  @Test
  void formOfAnotherSessionIsRefused() {
    String token = desk.token(Role.VIEWER).text();
    Session one = signedIn(token);
    Session other = signedIn(token);

    assertThat(one.isOf(one.csrf())).isTrue();
    assertThat(one.isOf(other.csrf())).isFalse();
    assertThat(one.isOf("")).isFalse();
  }

  @Test
  void wrongTokensMakeAnAddressWaitLongerEachTime() {
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.signIn("nonsense", HERE)).isInstanceOf(SignIn.Refused.class);
    }
    long[] expected = {1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900};
    for (long seconds : expected) {
      assertThat(sessions.signIn(desk.token(Role.VIEWER).text(), HERE))
          .asInstanceOf(type(SignIn.Wait.class))
          .extracting(wait -> wait.time().toSeconds())
          .isEqualTo(seconds);
      desk.pass(Duration.ofSeconds(seconds));
      assertThat(sessions.signIn("nonsense", HERE)).isInstanceOf(SignIn.Refused.class);
    }
    assertThat(sessions.signIn(desk.token(Role.VIEWER).text(), "192.0.2.99"))
        .isInstanceOf(SignIn.Done.class);
    desk.pass(Duration.ofHours(2));
    assertThat(sessions.signIn(desk.token(Role.VIEWER).text(), HERE))
        .isInstanceOf(SignIn.Done.class);
  }

  @Test
  void guessesAtOneTokenFromManyAddressesHaveToWaitToo() {
    String id = desk.token(Role.ADMIN).token().id();
    for (int i = 0; i < 5; i++) {
      assertThat(sessions.signIn(id + "guess" + i, "192.0.2." + i))
          .isInstanceOf(SignIn.Refused.class);
    }

    assertThat(sessions.signIn(id + "guess", "198.51.100.1")).isInstanceOf(SignIn.Wait.class);
    assertThat(sessions.signIn(desk.token(Role.ADMIN).text(), "198.51.100.1"))
        .isInstanceOf(SignIn.Done.class);
  }

  @Test
  void addressesOfOneIpv6NetworkWaitTogether() {
    for (int i = 0; i < 5; i++) {
      sessions.signIn("nonsense", "2001:db8:1:2:0:0:0:" + i);
    }

    assertThat(sessions.signIn("nonsense", "2001:db8:1:2:9:9:9:9")).isInstanceOf(SignIn.Wait.class);
    assertThat(sessions.signIn("nonsense", "2001:db8:1:3:0:0:0:1"))
        .isInstanceOf(SignIn.Refused.class);
  }
}
