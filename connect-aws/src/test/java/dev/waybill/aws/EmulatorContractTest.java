package dev.waybill.aws;

import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;
import org.junit.jupiter.api.Nested;

/// The same contract as in [ContractTest], held against emulators that others wrote, so that the
/// fake can not lie.
class EmulatorContractTest {

  @Nested
  class Kinesalite extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return EmulatorSubject.of(Emulator.KINESALITE);
    }
  }

  @Nested
  class ElasticMq extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return EmulatorSubject.of(Emulator.ELASTICMQ);
    }
  }

  @Nested
  class ElasticMqFifo extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return EmulatorSubject.of(Emulator.ELASTICMQ_FIFO);
    }
  }

  @Nested
  class DynamoDbLocal extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return EmulatorSubject.of(Emulator.DYNAMODB_LOCAL);
    }
  }

  @Nested
  class Dynalite extends DestinationContract<String> {
    @Override
    protected Subject<String> subject() {
      return EmulatorSubject.of(Emulator.DYNALITE);
    }
  }
}
