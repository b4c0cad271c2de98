package dev.waybill.files;

import java.io.Serializable;

/// Some of a file's rows, one behind the other, to be read by one reader: those that begin at
/// `from` or behind it, and before `end`.
///
/// @param from the first of them, with the ordinal that a reader of the whole file gives it
/// @param end [Survey#NOWHERE] for all that follow
public record Stretch(Position from, long end) implements Serializable {}
