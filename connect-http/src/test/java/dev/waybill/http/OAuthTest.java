package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waybill.Reply;
import dev.waybill.testkit.ScriptedServer;
import dev.waybill.testkit.ScriptedServer.Act;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OAuthTest {

  private final ScriptedServer tokens = ScriptedServer.start();
  private final Fixture api = new Fixture();

  @BeforeEach
  void configure() {
    api.with("auth", "oauth2")
        .with("token-url", tokens.uri("/token").toString())
        .with("client-id", "me")
        .with("client-secret", "s e")
        .with("scope", "write all");
  }

  @AfterEach
  void stop() {
    tokens.close();
    api.close();
  }

  @Test
  void tokenIsAskedForOnceAndShownInEveryCall() throws Exception {
    tokens.play(token("t1", 3600));

    try (var destination = api.open()) {
      assertThat(tokens.requests()).isEmpty();
      destination.send(Fixture.batch(1));
      destination.send(Fixture.batch(1));
    }

    assertThat(tokens.requests()).hasSize(1);
    var request = tokens.requests().getFirst();
    assertThat(request.header("Authorization")).isEqualTo(Auth.basic("me", "s+e"));
    assertThat(request.text()).isEqualTo("grant_type=client_credentials&scope=write+all");
    assertThat(api.server.requests())
        .extracting(call -> call.header("Authorization"))
        .containsExactly("Bearer t1", "Bearer t1");
  }

  @Test
  void idAndSecretMayStandInTheForm() throws Exception {
    tokens.play(token("t1", 3600));
    api.with("client-secret-in", "form").with("token-fields", "audience=x").send(1);

    assertThat(tokens.requests().getFirst().text())
        .isEqualTo(
            "grant_type=client_credentials&client_id=me&client_secret=s+e&scope=write+all&audience=x");
  }

  @Test
  void refreshTokenStandsForTheUserAndMayChangeEachTime() throws Exception {
    tokens.play(
        Act.answer(200, "{\"access_token\":\"t1\",\"expires_in\":100,\"refresh_token\":\"r 2\"}"),
        token("t2", 100));

    try (var destination = api.with("refresh-token", "r 1").open()) {
      destination.send(Fixture.batch(1));
      api.now = api.now.plusSeconds(90);
      destination.send(Fixture.batch(1));
    }

    assertThat(tokens.requests())
        .extracting(ScriptedServer.Request::text)
        .containsExactly(
            "grant_type=refresh_token&refresh_token=r+1&scope=write+all",
            "grant_type=refresh_token&refresh_token=r+2&scope=write+all");
  }

  @Test
  void tokenIsRenewedBeforeItExpires() throws Exception {
    tokens.play(token("t1", 100), token("t2", 100));

    try (var destination = api.open()) {
      destination.send(Fixture.batch(1));
      api.now = api.now.plusSeconds(79);
      destination.send(Fixture.batch(1));
      api.now = api.now.plusSeconds(2);
      destination.send(Fixture.batch(1));
    }

    assertThat(api.server.requests())
        .extracting(call -> call.header("Authorization"))
        .containsExactly("Bearer t1", "Bearer t1", "Bearer t2");
  }

  @Test
  void renewalAheadOfTimeThatFailsDoesNoHarm() throws Exception {
    tokens.play(token("t1", 100), Act.answer(503, ""));

    try (var destination = api.open()) {
      destination.send(Fixture.batch(1));
      api.now = api.now.plusSeconds(85);
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Answered.class);
      api.now = api.now.plusSeconds(20);
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
    }
  }

  @Test
  void refusedTokenIsRenewedOnceAndTheCallLeftToTheEngine() throws Exception {
    tokens.play(token("t1", 3600), token("t2", 3600));
    api.answering(401, "").answering(200, "");

    try (var destination = api.open()) {
      assertThat(destination.send(Fixture.batch(1)))
          .isInstanceOfSatisfying(
              Reply.Unavailable.class,
              reply -> assertThat(reply.retryAfter()).isEqualTo(Duration.ZERO));
      assertThat(api.server.posts()).isOne();
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Answered.class);
    }
    assertThat(tokens.requests()).hasSize(2);
  }

  @Test
  void newTokenThatIsRefusedAsWellEndsTheRun() throws Exception {
    tokens.play(token("t1", 3600), token("t2", 3600));
    api.answering(401, "who are you?");

    try (var destination = api.open()) {
      assertThat(destination.send(Fixture.batch(1))).isInstanceOf(Reply.Unavailable.class);
      assertThat(destination.send(Fixture.batch(1)))
          .isInstanceOfSatisfying(
              Reply.Fatal.class,
              reply ->
                  assertThat(reply.reason().message())
                      .isEqualTo("the API answered 401: who are you?"));
    }
    assertThat(tokens.requests()).hasSize(2);
  }

  @Test
  void wrongSecretEndsTheRunInTheServersWords() throws Exception {
    tokens.play(
        Act.answer(401, "{\"error\":\"invalid_client\",\"error_description\":\"Wrong secret\"}"));

    assertThat(api.send(1))
        .isInstanceOfSatisfying(
            Reply.Fatal.class,
            reply -> {
              assertThat(reply.reason().code()).isEqualTo("invalid_client");
              assertThat(reply.reason().message())
                  .isEqualTo("the token server answered 401: Wrong secret");
            });
    assertThat(api.server.requests()).isEmpty();
  }

  @Test
  void tokenServerThatBreaksOffLeavesTheBatchUnsent() throws Exception {
    tokens.play(Act.reset());

    assertThat(api.send(1)).isInstanceOf(Reply.Unavailable.class);
    assertThat(api.server.requests()).isEmpty();
  }

  @Test
  void answerWithoutATokenEndsTheRun() throws Exception {
    tokens.play(Act.answer(200, "<html>Sign in</html>"));

    assertThat(api.send(1)).isInstanceOf(Reply.Fatal.class);
  }

  private static Act token(String token, int seconds) {
    return Act.answer(200, "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(token, seconds));
  }
}
