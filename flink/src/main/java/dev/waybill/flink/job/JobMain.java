package dev.waybill.flink.job;

import dev.waybill.flink.source.JobText;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/// What a cluster executes: a job, given as the arguments that [FlinkPlace] makes.
public final class JobMain {

  private JobMain() {}

  /// Submits the job to the cluster in which this is executed.
  ///
  /// @param args the run's id, the job's text, its format's extension, the folder for receipts
  public static void main(String[] args) throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    JobPipeline.build(environment, args[0], new JobText(args[1]), args[2], args[3]);
    // Submitted by REST it is detached: there is a result only when asked for over REST.
    environment.executeAsync(JobText.name(args[0]));
  }
}
