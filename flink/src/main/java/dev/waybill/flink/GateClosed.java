package dev.waybill.flink;

import org.apache.flink.runtime.operators.coordination.OperatorEvent;

/// The destination asks to be left alone.
///
/// @param millis for so long, from now
/// @param why in its words
record GateClosed(long millis, String why) implements OperatorEvent {}
