package dev.waybill.aws;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A message to a queue or topic, without the names that only a call gives it.
///
/// @param <A> an attribute's value, of the service's own type
/// @param subject for topics
/// @param delaySeconds for queues; null for the queue's own
/// @param deduplicationId the user's own; null if it is to be made
record Message<A>(
    String body,
    @Nullable String subject,
    @Nullable String groupId,
    @Nullable String deduplicationId,
    @Nullable Integer delaySeconds,
    Map<String, A> attributes) {}
