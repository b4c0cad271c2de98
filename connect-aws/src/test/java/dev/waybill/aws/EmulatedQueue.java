package dev.waybill.aws;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/// A queue in an emulator. To look into it is to take messages out, so what was seen is kept here.
///
/// @param url at the proxy, wherever the queue thinks that it lives
record EmulatedQueue(SqsAsyncClient client, String url, List<String> taken)
    implements EmulatedStore {

  EmulatedQueue(AwsConnection connection, String name) {
    this(
        connection.client(SqsAsyncClient.builder()),
        connection.endpoint() + "/000000000000/" + name,
        new ArrayList<>());
    Map<QueueAttributeName, String> attributes =
        name.endsWith(".fifo") ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of();
    client.createQueue(request -> request.queueName(name).attributes(attributes)).join();
  }

  @Override
  public List<String> texts() {
    while (true) {
      List<Message> messages =
          client
              .receiveMessage(request -> request.queueUrl(url).maxNumberOfMessages(10))
              .join()
              .messages();
      if (messages.isEmpty()) {
        return List.copyOf(taken);
      }
      for (Message message : messages) {
        taken.add(message.body());
        // The next of a FIFO queue's group come only after these are gone.
        client
            .deleteMessage(request -> request.queueUrl(url).receiptHandle(message.receiptHandle()))
            .join();
      }
    }
  }

  @Override
  public void close() {
    AwsConnection.close(client);
  }
}
