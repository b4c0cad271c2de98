package dev.waybill.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Accepted;
import dev.waybill.Verdict.Rejected.Kind;
import dev.waybill.testkit.ScriptedServer.Act;
import dev.waybill.testkit.ScriptedServer.Request;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// APIs that answer with a job, whose end is waited for.
class JobTest {

  private final Fixture api =
      new Fixture()
          .with("auth", "bearer")
          .with("token", "t0ken")
          .with("job-url", "/job/url")
          .with("job-done-when", "/job/state=done|failed")
          .with("job-every", "1ms")
          .with("answer-success-when", "/job/state=done")
          .with("results", "/job/results");

  @AfterEach
  void stop() {
    api.close();
  }

  private static String job(String state, String rest) {
    return "{\"job\":{\"url\":\"/jobs/1\",\"state\":\"%s\"%s}}".formatted(state, rest);
  }

  @Test
  void resultsAreReadOnceTheJobHasEnded() throws Exception {
    api.answering(202, job("queued", ""))
        .answering(200, job("working", ""))
        .answering(
            200,
            job("done", ",\"results\":[{\"id\":\"a\"},{\"error\":\"bad\",\"message\":\"No.\"}]"));

    assertThat(((Reply.Answered) api.send(2)).verdicts())
        .isEqualTo(
            List.of(
                new Accepted("a"), new Verdict.Rejected(Reason.of("bad", "No."), Kind.PASSING)));
    assertThat(api.server.requests())
        .extracting(Request::method, Request::target)
        .containsExactly(
            tuple("POST", "/things"), tuple("GET", "/jobs/1"), tuple("GET", "/jobs/1"));
    assertThat(api.server.requests())
        .allSatisfy(
            request -> assertThat(request.header("Authorization")).isEqualTo("Bearer t0ken"));
    assertThat(api.server.requests().getLast().header("Content-Type")).isEmpty();
  }

  @Test
  void jobThatHasEndedAtOnceIsNotAskedFor() throws Exception {
    api.answering(200, job("done", ",\"results\":[{\"id\":\"a\"}]"));

    assertThat(api.send(1)).isInstanceOf(Reply.Answered.class);
    assertThat(api.server.requests()).hasSize(1);
  }

  @Test
  void troubleWhileAskingIsAskedThrough() throws Exception {
    api.answering(202, job("queued", ""));
    api.server.play(Act.close(), Act.answer(503, ""), Act.answer(429, "", "Retry-After: 0"));
    api.answering(200, job("done", ",\"results\":[{\"id\":\"a\"}]"));

    assertThat(((Reply.Answered) api.send(1)).verdicts()).isEqualTo(List.of(new Accepted("a")));
    assertThat(api.server.posts()).isOne();
  }

  @Test
  void jobThatDoesNotEndLeavesTheBatchInDoubt() throws Exception {
    api.with("job-patience", "5ms").answering(202, job("queued", ""));

    assertThat(api.send(1))
        .isEqualTo(new Reply.InDoubt(Reason.of("the job has not ended within 0.005 s")));
    assertThat(api.server.requests()).hasSize(6);
  }

  @Test
  void failedJobLeavesTheBatchInDoubt() throws Exception {
    api.answering(202, job("queued", "")).answering(200, job("failed", ""));

    assertThat(api.send(1)).isInstanceOf(Reply.InDoubt.class);
  }

  @Test
  void jobThatIsNotThereLeavesTheBatchInDoubt() throws Exception {
    api.answering(202, job("queued", "")).answering(404, "gone");

    assertThat(api.send(1))
        .isEqualTo(
            new Reply.InDoubt(
                Reason.of("404", "asked what became of the job, the API answered 404: gone")));
  }

  @Test
  void answerWithoutAJobLeavesTheBatchInDoubt() throws Exception {
    api.answering(202, "{}");

    assertThat(api.send(1))
        .isEqualTo(new Reply.InDoubt(Reason.of("the answer names no job at /job/url")));
  }

  @Test
  void credentialsGoToNoOtherServer() throws Exception {
    api.answering(202, "{\"job\":{\"url\":\"http://127.0.0.2:1/jobs/1\",\"state\":\"queued\"}}");

    assertThat(api.send(1))
        .isEqualTo(
            new Reply.InDoubt(Reason.of("the job is at 127.0.0.2:1, which is another server")));
    assertThat(api.server.requests()).hasSize(1);
  }

  @Test
  void refusedCallHasNoJob() throws Exception {
    api.answering(422, "{\"message\":\"No.\"}");

    assertThat(api.send(1)).isInstanceOf(Reply.Refused.class);
  }
}
