package dev.waybill.flink.job;

import dev.waybill.UserException;
import dev.waybill.delivery.Tally;
import dev.waybill.flink.Totals;
import dev.waybill.flink.source.JobText;
import dev.waybill.flow.place.Place;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.jspecify.annotations.Nullable;

/// A cluster inside this process, for one job.
final class LocalFlink {

  private static final Duration LOOK = Duration.ofMillis(500);

  /// A job's end waits for the next one.
  private static final Duration CHECKPOINTS = Duration.ofSeconds(2);

  private LocalFlink() {}

  static Place.Done run(Place.Order order, int parallelism, Consumer<Tally> progress)
      throws InterruptedException {
    var settings = new Configuration();
    settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, 3);
    settings.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofSeconds(1));
    var environment = StreamExecutionEnvironment.createLocalEnvironment(parallelism, settings);
    try {
      JobPipeline.build(
          environment,
          order.id(),
          JobText.of(order.job()),
          order.extension(),
          order.out().toString());
      JobClient client = environment.executeAsync(JobText.name(order.id()));
      return new Place.Done(tally(watched(client, progress)), Place.Ending.FINISHED, null);
    } catch (InterruptedException e) {
      throw e;
    } catch (ExecutionException e) {
      return new Place.Done(Totals.tally(name -> 0), Place.Ending.FAILED, Causes.sentence(e));
    } catch (Exception e) {
      throw new UserException(
          "Flink could not be started in this process: " + Causes.sentence(e), e);
    }
  }

  private static Map<String, Object> watched(JobClient client, Consumer<Tally> progress)
      throws InterruptedException, ExecutionException {
    CompletableFuture<JobExecutionResult> result = client.getJobExecutionResult();
    while (true) {
      try {
        return result.get(LOOK.toMillis(), TimeUnit.MILLISECONDS).getAllAccumulatorResults();
      } catch (TimeoutException notYet) {
        progress.accept(tally(accumulators(client)));
      }
    }
  }

  private static Map<String, Object> accumulators(JobClient client) {
    try {
      return client.getAccumulators().getNow(Map.of());
    } catch (IllegalStateException e) {
      // The cluster goes away with its job, at any moment.
      return Map.of();
    }
  }

  private static Tally tally(Map<String, ? extends @Nullable Object> accumulators) {
    return Totals.tally(
        name -> accumulators.get(name) instanceof Number number ? number.longValue() : 0);
  }
}
