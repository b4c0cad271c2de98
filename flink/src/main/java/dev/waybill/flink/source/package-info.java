/// Reads a job's source on a cluster: files side by side and large ones in stretches, all else by
/// one reader.
///
/// Knows flows, the files' source and Flink's sources; nothing of delivery.
@NullMarked
package dev.waybill.flink.source;

import org.jspecify.annotations.NullMarked;
