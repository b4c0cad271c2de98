package dev.waybill.flow.job;

import java.util.Arrays;
import java.util.List;

/// The settings of a job that are a single text each. A flag and the line of a job file that mean
/// the same have the same name.
public enum JobKey {
  FORMAT(Section.SOURCE, "format", Form.TEXT),
  START_AT(Section.SOURCE, "start-at", Form.COUNT),
  LIMIT(Section.SOURCE, "limit", Form.COUNT),
  TO(Section.DESTINATION, "to", Form.TEXT),
  BATCH_SIZE(Section.POLICY, "batch-size", Form.COUNT),
  CONCURRENCY(Section.POLICY, "concurrency", Form.COUNT),
  RATE(Section.POLICY, "rate", Form.RATE),
  ITEM_RATE(Section.POLICY, "item-rate", Form.RATE),
  MAX_ATTEMPTS(Section.POLICY, "max-attempts", Form.COUNT),
  FAIL_AFTER(Section.POLICY, "fail-after", Form.FAIL_AFTER),
  MAX_FAILED_CALLS(Section.POLICY, "max-failed-calls", Form.COUNT),
  DEADLINE(Section.POLICY, "deadline", Form.DURATION),
  PATIENCE(Section.POLICY, "patience", Form.DURATION),
  ORDER(Section.POLICY, "order", Form.ORDER),
  FLOW(Section.SYNC, "flow", Form.TEXT),
  MODE(Section.SYNC, "mode", Form.MODE),
  DUPLICATES(Section.SYNC, "duplicates", Form.DUPLICATES),
  RETRY(Section.SYNC, "retry", Form.RETRY),
  MAX_CHANGES(Section.SYNC, "max-changes", Form.FAIL_AFTER),
  MAX_DELETES(Section.SYNC, "max-deletes", Form.FAIL_AFTER),
  OVERRIDE_LIMITS(Section.SYNC, "override-limits", Form.SWITCH),
  FULL(Section.SYNC, "full", Form.SWITCH),
  WRITE_BACK(Section.SYNC, "write-back", Form.TEXT),
  LIVE_FLOW(Section.LIVE, "flow", Form.TEXT),
  PARK_AFTER(Section.LIVE, "park-after", Form.DURATION),
  LINGER(Section.LIVE, "linger", Form.DURATION),
  DELETES(Section.LIVE, "deletes", Form.DELETES),
  OUT(Section.TOP, "out", Form.TEXT);

  /// The parts of a job file.
  public enum Section {
    TOP(""),
    SOURCE("source"),
    DESTINATION("destination"),
    POLICY("policy"),
    SYNC("sync"),
    LIVE("live");

    private final String key;

    Section(String key) {
      this.key = key;
    }

    public String key() {
      return key;
    }

    /// The settings that stand in this part.
    public List<JobKey> settings() {
      return Arrays.stream(JobKey.values()).filter(key -> key.section == this).toList();
    }
  }

  private final Section section;
  private final String key;
  private final Form form;

  JobKey(Section section, String key, Form form) {
    this.section = section;
    this.key = key;
    this.form = form;
  }

  public Section section() {
    return section;
  }

  /// Its name inside its section: `batch-size`.
  public String key() {
    return key;
  }

  /// Its name on the command line: `--batch-size`.
  public String flag() {
    return "--" + key;
  }

  public Form form() {
    return form;
  }
}
