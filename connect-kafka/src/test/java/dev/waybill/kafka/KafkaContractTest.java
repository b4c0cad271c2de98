package dev.waybill.kafka;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.testkit.DestinationContract;
import dev.waybill.testkit.Subject;
import java.util.List;
import java.util.Optional;

class KafkaContractTest extends DestinationContract<Fields> {

  private static final FieldNames NAMES = FieldNames.of("id", "text");

  @Override
  protected Subject<Fields> subject() {
    var topic = Topic.made(1);
    var written = new Written(topic);
    return new Subject<>() {
      @Override
      public Destination<Fields> open() {
        return new KafkaProvider()
            .open(
                topic.address(),
                Topic.options(new KafkaProvider().options()),
                new Delivery(NAMES, List.of(), List.of("id")));
      }

      @Override
      public Item<Fields> valid(long ordinal) {
        return new Item<>(
            ordinal, "k" + ordinal, Fields.of(NAMES, ordinal, "record " + ordinal), null);
      }

      // Kafka's client takes no more than 1 MiB at a time.
      @Override
      public Optional<Item<Fields>> invalid(long ordinal) {
        return Optional.of(
            new Item<>(
                ordinal, "k" + ordinal, Fields.of(NAMES, ordinal, "x".repeat(2 << 20)), null));
      }

      @Override
      public int timesApplied(Item<Fields> item) {
        return written.count(item.key());
      }

      @Override
      public long applied() {
        return written.count();
      }

      @Override
      public void close() {
        written.close();
      }
    };
  }
}
