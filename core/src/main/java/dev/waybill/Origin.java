package dev.waybill;

/// Where a record stands in its source.
///
/// @param file the file's name as the user gave it; `-` for standard input
/// @param line the line on which the record begins, counted from 1
/// @param offset the record's first byte, counted from 0 in the (decompressed) file
/// @param bytes the record's exact bytes, line terminator included if it has one
public record Origin(String file, long line, long offset, ByteSlice bytes) {}
