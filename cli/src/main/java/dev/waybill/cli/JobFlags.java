package dev.waybill.cli;

import dev.waybill.flow.job.JobSettings;
import picocli.CommandLine.ArgGroup;

/// All flags that make up a job, or change one.
final class JobFlags {

  @ArgGroup(validate = false, order = 1, heading = "%nWhere it goes:%n")
  private DestinationFlags destination = new DestinationFlags();

  @ArgGroup(validate = false, order = 2, heading = "%nWhat is read:%n")
  private SourceFlags source = new SourceFlags();

  @ArgGroup(validate = false, order = 3, heading = "%nWhat the destination is given:%n")
  private MappingFlags mapping = new MappingFlags();

  @ArgGroup(validate = false, order = 4, heading = "%nHow it is delivered:%n")
  private PolicyFlags policy = new PolicyFlags();

  void into(JobSettings settings) {
    destination.into(settings);
    source.into(settings);
    mapping.into(settings);
    policy.into(settings);
  }
}
