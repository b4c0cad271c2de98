/// Receipts as files on a cluster: success, fail and retry.
///
/// Knows core, JSON and Flink's file sink.
@NullMarked
package dev.waybill.flink.receipts;

import org.jspecify.annotations.NullMarked;
