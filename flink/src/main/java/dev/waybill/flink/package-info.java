/// Delivery inside Apache Flink: [dev.waybill.flink.Waybill] puts an engine into each subtask and
/// gives back a stream of receipts.
///
/// Knows core and Flink's streaming API; nothing of jobs, files and connectors.
@NullMarked
package dev.waybill.flink;

import org.jspecify.annotations.NullMarked;
