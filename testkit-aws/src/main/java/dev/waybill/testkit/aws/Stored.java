package dev.waybill.testkit.aws;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// Something that a service has stored.
///
/// @param call the number of the call that brought it, from 1
/// @param position in its call, from 0
/// @param target the stream, queue, table, topic, bus, namespace, log stream or function
/// @param key the partition key, message group, primary key as JSON, metric name; empty if there is
///   none
/// @param content the data, body, message or detail; JSON of the item for DynamoDB and of the datum
///   for CloudWatch
/// @param attributes what else was told of it, by the names that AWS has for it
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; text() is there for that
public record Stored(
    long call,
    int position,
    String target,
    String key,
    byte[] content,
    Map<String, String> attributes) {

  /// The content as text.
  public String text() {
    return new String(content, StandardCharsets.UTF_8);
  }
}
