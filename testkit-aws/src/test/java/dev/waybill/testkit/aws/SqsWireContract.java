package dev.waybill.testkit.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchResultEntry;

/// What the real SDK sees of SQS, and what is really in the queues.
abstract class SqsWireContract {

  private static int queues;

  private WireSubject subject;
  private SqsClient sqs;
  private String queue;
  private String fifo;

  abstract WireSubject start();

  abstract void stop();

  @BeforeEach
  void createQueues() {
    subject = start();
    sqs = Clients.client(SqsClient.builder(), subject.endpoint());
    String name = "queue-" + ++queues;
    queue = url(name, Map.of());
    fifo = url(name + ".fifo", Map.of(QueueAttributeName.FIFO_QUEUE, "true"));
  }

  @AfterEach
  void end() {
    sqs.close();
    stop();
  }

  /// Asked for by name, and taken to the subject, wherever the queue thinks that it lives.
  private String url(String name, Map<QueueAttributeName, String> attributes) {
    sqs.createQueue(r -> r.queueName(name).attributes(attributes));
    String url = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    return subject.endpoint() + url.substring(url.indexOf('/', "http://".length()));
  }

  private static SendMessageBatchRequestEntry entry(String id, String body) {
    return SendMessageBatchRequestEntry.builder().id(id).messageBody(body).build();
  }

  private static SendMessageBatchRequestEntry entry(
      String id, String body, String group, String deduplication) {
    return entry(id, body).toBuilder()
        .messageGroupId(group)
        .messageDeduplicationId(deduplication)
        .build();
  }

  private SendMessageBatchResponse send(String url, SendMessageBatchRequestEntry... entries) {
    return sqs.sendMessageBatch(r -> r.queueUrl(url).entries(entries));
  }

  private AwsServiceException refused(SendMessageBatchRequestEntry... entries) {
    return catchThrowableOfType(AwsServiceException.class, () -> send(queue, entries));
  }

  private static String code(AwsServiceException e) {
    String code = e.awsErrorDetails().errorCode();
    return code.substring(code.lastIndexOf('.') + 1);
  }

  private List<String> stored(String url) {
    var bodies = new ArrayList<String>();
    while (true) {
      List<Message> messages =
          sqs.receiveMessage(r -> r.queueUrl(url).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        return bodies;
      }
      for (Message message : messages) {
        bodies.add(message.body());
        sqs.deleteMessage(r -> r.queueUrl(url).receiptHandle(message.receiptHandle()));
      }
    }
  }

  @Test
  void tenMessagesAreStoredWithTheirChecksums() {
    SendMessageBatchResponse answer =
        send(
            queue,
            IntStream.range(0, 10)
                .mapToObj(i -> entry("i" + i, "é<&>" + i))
                .toArray(SendMessageBatchRequestEntry[]::new));

    assertThat(answer.successful()).hasSize(10).allMatch(e -> e.messageId() != null);
    assertThat(answer.failed()).isEmpty();
    assertThat(stored(queue)).hasSize(10).contains("é<&>7");
  }

  @Test
  void checksumOfAttributesIsTheOneThatTheSdkComputes() {
    var attributes =
        Map.of(
            "kind", MessageAttributeValue.builder().dataType("String").stringValue("é").build(),
            "count", MessageAttributeValue.builder().dataType("Number").stringValue("3").build());

    send(queue, entry("a", "body").toBuilder().messageAttributes(attributes).build());

    assertThat(stored(queue)).containsExactly("body");
  }

  @Test
  void singleMessageIsStored() {
    sqs.sendMessage(r -> r.queueUrl(queue).messageBody("one"));

    assertThat(stored(queue)).containsExactly("one");
  }

  @Test
  void moreThanTenEntriesAreRefusedAsAWhole() {
    AwsServiceException e =
        refused(
            IntStream.range(0, 11)
                .mapToObj(i -> entry("i" + i, "b"))
                .toArray(SendMessageBatchRequestEntry[]::new));

    assertThat(code(e)).isEqualTo("TooManyEntriesInBatchRequest");
    assertThat(stored(queue)).isEmpty();
  }

  @Test
  void idThatIsUsedTwiceRefusesTheWholeCall() {
    assertThat(code(refused(entry("a", "1"), entry("a", "2"))))
        .isEqualTo("BatchEntryIdsNotDistinct");
    assertThat(stored(queue)).isEmpty();
  }

  @Test
  void moreThanOneMebibyteInAllIsRefusedAsAWhole() {
    String half = "x".repeat(600_000);

    assertThat(refused(entry("a", half), entry("b", half)).statusCode()).isEqualTo(400);
    assertThat(stored(queue)).isEmpty();
  }

  @Test
  void queueThatIsNotThereIsNamedSo() {
    var e =
        catchThrowableOfType(
            QueueDoesNotExistException.class, () -> send(queue + "-not", entry("a", "b")));

    // the word of AWS, and that of ElasticMQ
    assertThat(code(e)).isIn("NonExistentQueue", "QueueDoesNotExist");
  }

  @Test
  void characterThatXmlDoesNotAllowFailsItsEntryAlone() {
    SendMessageBatchResponse answer = send(queue, entry("a", "fine"), entry("b", "no\u0001"));

    assertThat(answer.failed())
        .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("b", true));
    assertThat(stored(queue)).containsExactly("fine");
  }

  @Test
  void delayOfMoreThanFifteenMinutesFailsItsEntryAlone() {
    SendMessageBatchResponse answer =
        send(queue, entry("a", "fine"), entry("b", "late").toBuilder().delaySeconds(901).build());

    assertThat(answer.failed())
        .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("b", true));
  }

  @Test
  void fifoQueueKeepsTheOrderOfAGroup() {
    send(fifo, entry("a", "1", "g", "d1"), entry("b", "2", "g", "d2"), entry("c", "3", "g", "d3"));

    assertThat(stored(fifo)).containsExactly("1", "2", "3");
  }

  @Test
  void fifoQueueStoresOneDeduplicationIdOnce() {
    send(fifo, entry("a", "1", "g", "same"));
    SendMessageBatchResponse again = send(fifo, entry("a", "1", "g", "same"));

    assertThat(again.successful()).hasSize(1);
    assertThat(stored(fifo)).containsExactly("1");
  }

  @Test
  void fifoQueueFailsAnEntryWithoutDeduplicationId() {
    SendMessageBatchResponse answer =
        send(
            fifo,
            entry("a", "1", "g", "d1"),
            entry("b", "2").toBuilder().messageGroupId("g").build());

    assertThat(answer.successful())
        .extracting(SendMessageBatchResultEntry::id)
        .containsExactly("a");
    assertThat(answer.failed()).allMatch(BatchResultErrorEntry::senderFault);
    assertThat(stored(fifo)).containsExactly("1");
  }

  @Test
  void queueTellsItsLimitAndKind() {
    Map<QueueAttributeName, String> attributes =
        sqs.getQueueAttributes(r -> r.queueUrl(fifo).attributeNames(QueueAttributeName.ALL))
            .attributes();

    assertThat(attributes).containsEntry(QueueAttributeName.FIFO_QUEUE, "true");
  }

  @Test
  void throttledCallStoresNothing() {
    subject.faults().next(AwsFault.throttled());

    AwsServiceException e = refused(entry("a", "b"));

    assertThat(e.isThrottlingException()).isTrue();
    assertThat(code(e)).isEqualTo("RequestThrottled");
    assertThat(stored(queue)).isEmpty();
  }

  @Test
  void failedEntriesAreNamedAndNotStored() {
    subject
        .faults()
        .next(
            AwsFault.itemsFailed(Selection.at(0), "InternalError"),
            AwsFault.itemsFailed(Selection.containing("poison"), "InvalidMessageContents"));

    SendMessageBatchResponse first = send(queue, entry("a", "1"), entry("b", "2"));
    SendMessageBatchResponse second = send(queue, entry("a", "3"), entry("b", "poison"));

    assertThat(first.failed())
        .extracting(
            BatchResultErrorEntry::id,
            BatchResultErrorEntry::code,
            BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("a", "InternalError", false));
    assertThat(second.failed())
        .extracting(BatchResultErrorEntry::id, BatchResultErrorEntry::senderFault)
        .containsExactly(tuple("b", true));
    assertThat(stored(queue)).containsExactlyInAnyOrder("2", "3");
  }

  @Test
  void entryMayBeInNeitherListStoredOrNot() {
    subject
        .faults()
        .next(
            AwsFault.itemsMissing(Selection.at(0), Effect.APPLIED),
            AwsFault.itemsMissing(Selection.at(0), Effect.NOT_APPLIED));

    for (String body : List.of("stored", "lost")) {
      SendMessageBatchResponse answer =
          send(queue, entry("a", body), entry("b", "next to " + body));
      assertThat(answer.failed()).isEmpty();
      assertThat(answer.successful())
          .extracting(SendMessageBatchResultEntry::id)
          .containsExactly("b");
    }
    assertThat(stored(queue)).containsExactlyInAnyOrder("stored", "next to stored", "next to lost");
  }

  @Test
  void wrongChecksumIsAnErrorOfTheClientThoughAllWasStored() {
    subject.faults().next(AwsFault.wrongChecksum(Selection.at(1)));

    assertThat(
            catchThrowableOfType(
                SdkClientException.class, () -> send(queue, entry("a", "1"), entry("b", "2"))))
        .hasMessageContaining("MD5");
    assertThat(stored(queue)).containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void connectionCutBeforeStoresNothingAndAfterStoresAll() {
    subject.faults().next(AwsFault.cut(Effect.NOT_APPLIED), AwsFault.cut(Effect.APPLIED));

    for (String body : List.of("before", "after")) {
      assertThat(
              catchThrowableOfType(SdkClientException.class, () -> send(queue, entry("a", body))))
          .isNotNull();
    }
    assertThat(stored(queue)).containsExactly("after");
  }

  @Test
  void internalErrorAndDeniedCredentialsAreToldInTheWordsOfTheService() {
    subject.faults().next(AwsFault.failed(Effect.APPLIED), AwsFault.denied());

    assertThat(refused(entry("a", "after")).statusCode()).isEqualTo(500);
    AwsServiceException denied = refused(entry("a", "denied"));

    assertThat(denied.statusCode()).isEqualTo(403);
    assertThat(code(denied)).isEqualTo("AccessDenied");
    assertThat(stored(queue)).containsExactly("after");
  }
}
