package dev.waybill.aws;

/// A record as it stands in an object.
///
/// @param folder the object's key up to its name: empty, or with a slash at its end
/// @param bytes with its line feed
@SuppressWarnings("ArrayRecordComponent") // never compared, and not changed
record S3Line(String folder, byte[] bytes) {}
