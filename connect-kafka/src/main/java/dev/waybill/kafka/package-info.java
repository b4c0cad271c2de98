/// Kafka: a topic as a live source, and a topic as a destination.
///
/// Providers know nothing of Kafka's own classes, so that they cost nothing where they are not
/// used.
@NullMarked
package dev.waybill.kafka;

import org.jspecify.annotations.NullMarked;
