/// Destinations for the batch calls of AWS services: Kinesis, Firehose, SQS, SNS, DynamoDB,
/// CloudWatch metrics and logs, EventBridge, and Lambda. Each makes one call a batch and says of
/// every item what became of it; nothing here repeats a call.
///
/// The SDK's own retries are off, so that the delivery engine alone decides.
@NullMarked
package dev.waybill.aws;

import org.jspecify.annotations.NullMarked;
