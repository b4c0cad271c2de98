package dev.waybill.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waybill.Reply;
import dev.waybill.UserException;
import dev.waybill.aws.ScriptedEndpoint.Answer;
import dev.waybill.spi.Destination;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// What comes of a call that gets no answer, or none that can be understood; of every service.
class BrokenConnectionTest {

  private final ScriptedEndpoint endpoint = new ScriptedEndpoint();

  @AfterEach
  void close() {
    endpoint.close();
  }

  @ParameterizedTest
  @EnumSource
  void connectionThatBreaksAfterTheRequestLeavesDoubtAndTheCallIsMadeOnce(EveryService service)
      throws Exception {
    try (var destination = service.open(endpoint.connection())) {
      endpoint.answering(ScriptedEndpoint.dropped());

      Reply reply = destination.send(Batches.of(List.of("a", "b")));

      assertThat(reply).isInstanceOf(Reply.InDoubt.class);
      assertThat(endpoint.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void throttledCallIsMadeOnce(EveryService service) throws Exception {
    try (var destination = service.open(endpoint.connection())) {
      endpoint.answering(new Answer(429, Map.of("Retry-After", "7"), new byte[0]));

      Reply reply = destination.send(Batches.of(List.of("a")));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Throttled.class,
              throttled -> assertThat(throttled.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
      assertThat(endpoint.calls()).hasSize(1);
    }
  }

  @Test
  void throttledTableTellsWhichLimitWasReached() throws Exception {
    try (var destination = EveryService.DYNAMODB.open(endpoint.connection())) {
      endpoint.answering(
          ScriptedEndpoint.json(
              400,
              """
              {"__type": "com.amazonaws.dynamodb.v20120810#ThrottlingException", "message": "Too much",
               "throttlingReasons": [{"reason": "TableWriteMaxOnDemandThroughputExceeded", "resource": "arn:orders"}]}
              """));

      assertThat(destination.send(Batches.of(List.of("a"))))
          .isInstanceOfSatisfying(
              Reply.Throttled.class,
              throttled ->
                  assertThat(throttled.reason().message())
                      .isEqualTo(
                          "Too much: TableWriteMaxOnDemandThroughputExceeded of arn:orders"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void failureOfTheServiceLeavesDoubtAndTheCallIsMadeOnce(EveryService service) throws Exception {
    try (var destination = service.open(endpoint.connection())) {
      endpoint.answering(new Answer(500, Map.of(), new byte[0]));

      assertThat(destination.send(Batches.of(List.of("a")))).isInstanceOf(Reply.InDoubt.class);
      assertThat(endpoint.calls()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource(
      names = {"SNS", "CLOUDWATCH", "LAMBDA"},
      mode = EnumSource.Mode.EXCLUDE)
  void answerThatCanNotBeUnderstoodLeavesDoubt(EveryService service) throws Exception {
    try (var destination = service.open(endpoint.connection())) {
      endpoint.answering(ScriptedEndpoint.json(200, "<html>no"));

      assertThat(destination.send(Batches.of(List.of("a")))).isInstanceOf(Reply.InDoubt.class);
    }
  }

  @ParameterizedTest
  @EnumSource
  void serviceThatIsGoneHasCertainlyGotNothing(EveryService service) throws Exception {
    var connection = endpoint.connection();
    try (var destination = service.open(connection)) {
      endpoint.close();

      Reply reply = destination.send(Batches.of(List.of("a")));
      // A pooled connection may have ended together with the service.
      for (int i = 0; i < 3 && reply instanceof Reply.InDoubt; i++) {
        reply = destination.send(Batches.of(List.of("a")));
      }

      assertThat(reply).isInstanceOf(Reply.Unavailable.class);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "CLOUDWATCH", mode = EnumSource.Mode.EXCLUDE)
  void serviceThatCanNotBeReachedIsToldWhenItIsOpened(EveryService service) {
    var connection = endpoint.connection();
    endpoint.close();

    assertThatThrownBy(() -> service.open(connection))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("can not be reached at " + endpoint.uri());
  }

  @Test
  void answerThatDoesNotComeInTimeLeavesDoubt() throws Exception {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
      Thread.ofVirtual().start(() -> accept(silent, accepted));
      var connection =
          endpoint
              .connection()
              .endpoint(URI.create("http://127.0.0.1:" + silent.getLocalPort()))
              .timeout(Duration.ofMillis(300));
      try (Destination<String> destination = EveryService.CLOUDWATCH.open(connection)) {
        assertThat(destination.send(Batches.of(List.of("a")))).isInstanceOf(Reply.InDoubt.class);
      }
    }
  }

  private static void accept(ServerSocket server, Queue<Socket> accepted) {
    try {
      while (true) {
        accepted.add(server.accept());
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  @Test
  void credentialsThatAreGoneEndTheRun() throws Exception {
    var given =
        new AtomicReference<@Nullable AwsCredentialsProvider>(endpoint.connection().credentials());
    AwsCredentialsProvider provider =
        new AwsCredentialsProvider() {
          @Override
          public AwsCredentials resolveCredentials() {
            AwsCredentialsProvider current = given.get();
            if (current == null) {
              throw new IllegalStateException("the session has ended");
            }
            return current.resolveCredentials();
          }
        };
    try (var destination =
        EveryService.FIREHOSE.open(endpoint.connection().credentials(provider))) {
      given.set(null);

      Reply reply = destination.send(Batches.of(List.of("a")));

      assertThat(reply)
          .isInstanceOfSatisfying(
              Reply.Fatal.class,
              fatal -> assertThat(fatal.reason().message()).contains("the session has ended"));
      assertThat(endpoint.calls()).isEmpty();
    }
  }

  @Test
  void missingCredentialsAreToldWhenItIsOpened() {
    AwsCredentialsProvider none =
        () -> {
          throw new IllegalStateException("no profile");
        };

    assertThatThrownBy(() -> EveryService.CLOUDWATCH.open(endpoint.connection().credentials(none)))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("there are no AWS credentials")
        .hasMessageContaining("no profile");
  }
}
