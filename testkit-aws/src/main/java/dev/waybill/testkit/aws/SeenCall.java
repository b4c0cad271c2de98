package dev.waybill.testkit.aws;

/// A call that writes, as the service saw it.
///
/// @param number of this service's calls that write, from 1
/// @param operation as AWS calls it: `PutRecords`
/// @param items how many were in it
/// @param fault what befell it
/// @param status of the answer; 0 if the connection was cut instead
public record SeenCall(long number, String operation, int items, AwsFault fault, int status) {}
