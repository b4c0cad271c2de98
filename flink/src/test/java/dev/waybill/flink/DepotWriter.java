package dev.waybill.flink;

import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Engine;
import dev.waybill.delivery.Holding;
import dev.waybill.flink.wire.HoldingCodec;
import dev.waybill.flink.wire.ItemSerializer;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.testkit.simulation.CheckpointedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.base.IntSerializer;

/// A depot as a simulation drives it; what it holds goes through the bytes of a checkpoint.
record DepotWriter(Depot<Integer> depot, Outside outside) implements CheckpointedWriter {

  private static final HoldingCodec<Integer> CODEC =
      new HoldingCodec<>(new ItemSerializer<>(IntSerializer.INSTANCE));

  static final Maker MAKER =
      (index, parallelism, whole, nature, random, outside, held) -> {
        var engine =
            new Engine<>(
                new Share(index, parallelism).of(whole),
                nature,
                "run",
                random,
                random.nextLong(1L << 62),
                item -> false);
        var depot =
            new Depot<>(engine, WhenGivenUp.ACCOUNT, outside::now, outside::call, outside::settled);
        depot.takeUp(held);
        return new DepotWriter(depot, outside);
      };

  @Override
  public List<Holding<Integer>> held() {
    try {
      long millis = outside.now() / 1_000_000;
      var kept = new ArrayList<Holding<Integer>>();
      for (Holding<Integer> holding : depot.held()) {
        kept.add(CODEC.holding(CODEC.bytes(holding, millis), millis));
      }
      return kept;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public long heldCount() {
    return depot.engine().tally().held();
  }

  @Override
  public void accept(Item<Integer> item) {
    depot.accept(item);
  }

  @Override
  public void refuse(Item<Integer> item, Reason reason) {
    depot.refuse(item, reason);
  }

  @Override
  public void endOfInput() {
    depot.endOfInput();
  }

  @Override
  public void replied(Call<Integer> call, Reply reply) {
    depot.replied(call, reply);
  }

  @Override
  public void found(Call<Integer> call, Findings findings) {
    depot.found(call, findings);
  }

  @Override
  public void wake() {
    depot.wake();
  }

  @Override
  public boolean wantsItems() {
    return depot.wantsItems();
  }

  @Override
  public boolean idle() {
    return depot.idle();
  }

  @Override
  public long wakeAt() {
    return depot.wakeAt();
  }
}
