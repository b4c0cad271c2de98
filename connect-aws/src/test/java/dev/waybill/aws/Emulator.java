package dev.waybill.aws;

import dev.waybill.testkit.aws.Emulators;
import dev.waybill.testkit.aws.WithholdingProxy;

/// The emulators, each behind a proxy of its own that shows the faults which emulators do not have.
enum Emulator {
  KINESALITE(EveryService.KINESIS),
  ELASTICMQ(EveryService.SQS),
  ELASTICMQ_FIFO(EveryService.SQS_FIFO),
  DYNAMODB_LOCAL(EveryService.DYNAMODB),
  DYNALITE(EveryService.DYNAMODB);

  final EveryService service;

  Emulator(EveryService service) {
    this.service = service;
  }

  /// Starts it, if it is not running; where it can not be had the test is skipped, and says why.
  WithholdingProxy behindProxy() {
    return switch (this) {
      case KINESALITE -> WithholdingProxy.kinesis(Emulators.kinesalite());
      case ELASTICMQ, ELASTICMQ_FIFO -> WithholdingProxy.sqs(Emulators.elasticMq());
      case DYNAMODB_LOCAL -> WithholdingProxy.dynamoDb(Emulators.dynamoDbLocal());
      case DYNALITE -> WithholdingProxy.dynamoDb(Emulators.dynalite());
    };
  }

  /// Makes an empty stream, queue or table of this name.
  EmulatedStore create(AwsConnection connection, String name) {
    return switch (this) {
      case KINESALITE -> new EmulatedStream(connection, name);
      case ELASTICMQ, ELASTICMQ_FIFO ->
          new EmulatedQueue(connection, this == ELASTICMQ_FIFO ? name + ".fifo" : name);
      case DYNAMODB_LOCAL, DYNALITE -> new EmulatedTable(connection, name);
    };
  }
}
