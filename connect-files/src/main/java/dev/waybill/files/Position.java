package dev.waybill.files;

import java.io.Serializable;

/// A place between two records of a [FileSource], from which reading can go on after a crash.
///
/// @param file which of the source's files, counted from 0
/// @param offset the next record's first byte, counted from 0 in the (decompressed) file
/// @param line the line on which that byte stands, counted from 1
/// @param ordinal the ordinal that the next item gets
/// @param part how many parts of a row over the size limit stand before this place; 0 everywhere
///   else
public record Position(int file, long offset, long line, long ordinal, int part)
    implements Serializable {}
