package dev.waybill.flink;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.runtime.operators.coordination.OperatorCoordinator;
import org.apache.flink.runtime.operators.coordination.OperatorEvent;
import org.jspecify.annotations.Nullable;

/// Tells all subtasks what one of them heard: that the destination asks to be left alone. Lives on
/// the job manager, where one thread calls it; has nothing to keep.
final class SharedGate implements OperatorCoordinator {

  private record Attempt(int subtask, int number) {}

  private final Map<Attempt, SubtaskGateway> subtasks = new HashMap<>();
  private long opensAt = Long.MIN_VALUE;
  private String why = "";

  /// Makes one for each job.
  record Provider(OperatorID operator) implements OperatorCoordinator.Provider {

    @Override
    public OperatorID getOperatorId() {
      return operator;
    }

    @Override
    public OperatorCoordinator create(Context context) {
      return new SharedGate();
    }
  }

  @Override
  public void start() {}

  @Override
  public void handleEventFromOperator(int subtask, int attempt, OperatorEvent event) {
    if (event instanceof GateClosed(long millis, String reason)) {
      long until = System.nanoTime() + millis * 1_000_000;
      if (opensAt == Long.MIN_VALUE || until - opensAt > 0) {
        opensAt = until;
        why = reason;
        subtasks.forEach(
            (other, gateway) -> {
              if (other.subtask() != subtask) {
                var unused = gateway.sendEvent(event);
              }
            });
      }
    }
  }

  @Override
  public void executionAttemptReady(int subtask, int attempt, SubtaskGateway gateway) {
    subtasks.put(new Attempt(subtask, attempt), gateway);
    long millis = (opensAt - System.nanoTime()) / 1_000_000;
    if (opensAt != Long.MIN_VALUE && millis > 0) {
      var unused = gateway.sendEvent(new GateClosed(millis, why));
    }
  }

  @Override
  public void executionAttemptFailed(int subtask, int attempt, @Nullable Throwable reason) {
    subtasks.remove(new Attempt(subtask, attempt));
  }

  @Override
  public void subtaskReset(int subtask, long checkpoint) {
    subtasks.keySet().removeIf(each -> each.subtask() == subtask);
  }

  @Override
  public void checkpointCoordinator(long checkpoint, CompletableFuture<byte[]> result) {
    result.complete(new byte[0]);
  }

  @Override
  public void notifyCheckpointComplete(long checkpoint) {}

  @Override
  public void resetToCheckpoint(long checkpoint, byte @Nullable [] data) {}

  @Override
  public void close() {
    subtasks.clear();
  }
}
