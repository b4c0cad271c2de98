package dev.waybill.spi;

/// Where a record stands, so that a source can be read again from there on.
///
/// @param ordinal the record's ordinal
/// @param file the file as [dev.waybill.Origin#file()] names it
/// @param line the line on which it begins
/// @param offset its first byte
public record Checkpoint(long ordinal, String file, long line, long offset) {}
