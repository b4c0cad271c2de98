/// A Kafka broker inside the test's own process.
@NullMarked
package dev.waybill.testkit.kafka;

import org.jspecify.annotations.NullMarked;
