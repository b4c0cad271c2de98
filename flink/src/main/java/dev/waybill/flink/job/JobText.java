package dev.waybill.flink.job;

import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.json.Json;
import java.io.Serializable;

/// A job on its way to other machines.
///
/// @param text of a job file
record JobText(String text) implements Serializable {

  static JobText of(Job job) {
    return new JobText(Json.text(job.tree()));
  }

  Job job() {
    return JobFile.parse("the job", text).job();
  }
}
