package dev.waybill.flow.job;

import dev.waybill.delivery.GiveUp;
import dev.waybill.delivery.Policy;
import dev.waybill.mapping.MappingSpec;
import dev.waybill.spi.Traits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Everything that decides what a run does. A value, as texts: secrets are still the references
/// (`env:NAME`) that the user gave, where the user gave references.
///
/// @param files what is read
/// @param sourceOptions the source's own options, by name
/// @param destinationOptions the destination's own options, by name
/// @param mapping the tree of the mapping; empty for none
/// @param settings all others, each in its form; `TO` is among them
public record Job(
    List<String> files,
    Map<String, String> sourceOptions,
    Map<String, String> destinationOptions,
    Map<String, @Nullable Object> mapping,
    Map<JobKey, String> settings) {

  /// Where the files of a run go if nothing else is said.
  public static final String USUAL_OUT = "waybill-runs";

  /// How long a record of a live flow is tried if nothing else is said.
  public static final String USUAL_PARK_AFTER = "10m";

  private static final Duration FOR_EVER = Duration.ofDays(36_500);
  private static final int LIVE_HELD_ITEMS = 10_000;
  private static final long LIVE_HELD_BYTES = 64L << 20;

  public Job {
    files = List.copyOf(files);
    sourceOptions = Collections.unmodifiableMap(new LinkedHashMap<>(sourceOptions));
    destinationOptions = Collections.unmodifiableMap(new LinkedHashMap<>(destinationOptions));
    mapping = Collections.unmodifiableMap(new LinkedHashMap<>(mapping));
    settings = Collections.unmodifiableMap(new EnumMap<>(settings));
  }

  /// The same job with another setting.
  public Job with(JobKey key, String text) {
    var texts = new EnumMap<JobKey, String>(JobKey.class);
    texts.putAll(settings);
    texts.put(key, text);
    return new Job(files, sourceOptions, destinationOptions, mapping, texts);
  }

  /// The destination's address.
  public String to() {
    return settings.getOrDefault(JobKey.TO, "");
  }

  /// The source's format, where the user chose one.
  public @Nullable String format() {
    return settings.get(JobKey.FORMAT);
  }

  /// The first record to deliver, counted from 1.
  public long startAt() {
    return Long.parseLong(settings.getOrDefault(JobKey.START_AT, "1"));
  }

  /// How many records to deliver at most.
  public long limit() {
    String limit = settings.get(JobKey.LIMIT);
    return limit == null ? Long.MAX_VALUE : Long.parseLong(limit);
  }

  /// The directory for the files that the run leaves.
  public Path out() {
    return Path.of(settings.getOrDefault(JobKey.OUT, USUAL_OUT));
  }

  /// The mapping, not yet held against the source's columns.
  public MappingSpec mappingSpec() {
    return mapping.isEmpty() ? MappingSpec.IDENTITY : MappingSpec.parse(mapping);
  }

  /// How the run is made, on top of what the destination suggests.
  public Policy policy(Traits traits) {
    var policy = Policy.forTraits(traits);
    settings.forEach(
        (key, text) -> {
          switch (key) {
            case BATCH_SIZE -> policy.batchItems(count(text));
            case CONCURRENCY -> policy.inFlight(count(text));
            case RATE -> policy.callsPerSecond(Double.parseDouble(text));
            case ITEM_RATE -> policy.itemsPerSecond(Double.parseDouble(text));
            case MAX_ATTEMPTS -> policy.maxAttempts(count(text));
            case PATIENCE -> policy.patience(Form.duration(text));
            case ORDER ->
                policy.order(
                    text.equals("per-key") ? Policy.Order.PER_KEY : Policy.Order.UNORDERED);
            case FAIL_AFTER, MAX_FAILED_CALLS, DEADLINE -> {} // parts of giveUp()
            case FORMAT, START_AT, LIMIT, TO, OUT -> {} // no part of the policy
            case FLOW, MODE, DUPLICATES, RETRY, MAX_CHANGES, MAX_DELETES, OVERRIDE_LIMITS -> {}
            case FULL, WRITE_BACK -> {} // parts of sync()
            case LIVE_FLOW, PARK_AFTER, LINGER, DELETES -> {} // see live(Policy.Builder)
          }
        });
    if (isLive()) {
      live(policy);
    }
    return policy.giveUp(giveUp()).build();
  }

  private void live(Policy.Builder policy) {
    policy
        .parkAfter(Form.duration(settings.getOrDefault(JobKey.PARK_AFTER, USUAL_PARK_AFTER)))
        .linger(Form.duration(settings.getOrDefault(JobKey.LINGER, "100ms")))
        // Records that wait for their next attempt are held too, and must not keep others out.
        .heldItems(LIVE_HELD_ITEMS)
        .heldBytes(LIVE_HELD_BYTES);
    if (!settings.containsKey(JobKey.PATIENCE)) {
      policy.patience(FOR_EVER);
    }
  }

  private GiveUp giveUp() {
    GiveUp giveUp = GiveUp.NEVER;
    String failAfter = settings.get(JobKey.FAIL_AFTER);
    if (failAfter != null) {
      giveUp =
          failAfter.endsWith("%")
              ? giveUp.rejectedShare(Form.share(failAfter))
              : giveUp.rejected(Long.parseLong(failAfter));
    }
    String failedCalls = settings.get(JobKey.MAX_FAILED_CALLS);
    if (failedCalls != null) {
      giveUp = giveUp.failedCalls(count(failedCalls));
    }
    String deadline = settings.get(JobKey.DEADLINE);
    return deadline == null ? giveUp : giveUp.deadline(Form.duration(deadline));
  }

  /// Whether it is a keyed flow, that sends what changed.
  public boolean isSync() {
    return settings.containsKey(JobKey.MODE);
  }

  /// The rules of a keyed flow.
  public SyncRules sync() {
    return SyncRules.of(settings);
  }

  /// Whether its source is live, and it goes on until it is stopped.
  public boolean isLive() {
    return settings.containsKey(JobKey.PARK_AFTER);
  }

  /// What is read, in words for people, without secrets.
  public String sourceInWords() {
    return files.stream().map(Masked::address).collect(Collectors.joining(", "));
  }

  /// Whether items of one key are to be kept in order, which needs a key.
  public boolean keepsOrder() {
    return "per-key".equals(settings.get(JobKey.ORDER));
  }

  private static int count(String text) {
    return (int) Math.min(Integer.MAX_VALUE, Long.parseLong(text));
  }

  /// The job as a tree of maps, lists and texts, in the form of a job file.
  public Map<String, @Nullable Object> tree() {
    var tree = new LinkedHashMap<String, @Nullable Object>();
    var source = new LinkedHashMap<String, @Nullable Object>();
    source.put("files", new ArrayList<>(files));
    putAll(source, JobKey.Section.SOURCE, sourceOptions);
    tree.put("source", source);
    var destination = new LinkedHashMap<String, @Nullable Object>();
    putAll(destination, JobKey.Section.DESTINATION, destinationOptions);
    tree.put("destination", destination);
    if (!mapping.isEmpty()) {
      tree.put("mapping", mapping);
    }
    var policy = new LinkedHashMap<String, @Nullable Object>();
    putAll(policy, JobKey.Section.POLICY, Map.of());
    if (!policy.isEmpty()) {
      tree.put("policy", policy);
    }
    var sync = new LinkedHashMap<String, @Nullable Object>();
    putAll(sync, JobKey.Section.SYNC, Map.of());
    if (!sync.isEmpty()) {
      tree.put("sync", sync);
    }
    var live = new LinkedHashMap<String, @Nullable Object>();
    putAll(live, JobKey.Section.LIVE, Map.of());
    if (!live.isEmpty()) {
      tree.put("live", live);
    }
    putAll(tree, JobKey.Section.TOP, Map.of());
    return tree;
  }

  private void putAll(
      Map<String, @Nullable Object> part, JobKey.Section section, Map<String, String> options) {
    for (JobKey key : section.settings()) {
      String text = settings.get(key);
      if (text != null) {
        part.put(key.key(), text);
      }
    }
    if (!options.isEmpty()) {
      part.put("options", new LinkedHashMap<>(options));
    }
  }
}
