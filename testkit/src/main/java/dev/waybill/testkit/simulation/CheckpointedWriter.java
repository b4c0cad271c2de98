package dev.waybill.testkit.simulation;

import dev.waybill.Reply;
import dev.waybill.Settlement;
import dev.waybill.delivery.Call;
import dev.waybill.delivery.Holding;
import dev.waybill.delivery.Nature;
import dev.waybill.delivery.Policy;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Verifier.Findings;
import java.util.List;
import java.util.random.RandomGenerator;

/// What delivers inside a subtask of a job that is checkpointed, as [CheckpointSimulation] drives
/// it.
public interface CheckpointedWriter extends Intake<Integer> {

  /// What is around it.
  interface Outside {

    /// The time, in nanoseconds.
    long now();

    /// Makes a call; the answer comes later.
    void call(Call<Integer> call);

    /// These items have come to their end.
    void settled(Settlement<Integer> settlement);
  }

  /// Makes a writer.
  interface Maker {

    /// The writer of one of `parallelism` subtasks.
    ///
    /// @param whole the policy over all subtasks
    /// @param held what it is to go on with
    CheckpointedWriter make(
        int index,
        int parallelism,
        Policy whole,
        Nature<Integer> nature,
        RandomGenerator random,
        Outside outside,
        List<Holding<Integer>> held);
  }

  void endOfInput();

  void replied(Call<Integer> call, Reply reply);

  void found(Call<Integer> call, Findings findings);

  /// Time has gone on.
  void wake();

  boolean wantsItems();

  boolean idle();

  long wakeAt();

  /// What a checkpoint at this moment keeps.
  List<Holding<Integer>> held();

  /// How many items have not come to their end, by the writer's own count.
  long heldCount();
}
