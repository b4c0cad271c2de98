package dev.waybill.flow.job;

import dev.waybill.UserException;
import dev.waybill.mapping.MappingArguments;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Collects a job's settings, from a job file and then from flags, which override it. For one
/// thread.
public final class JobSettings {

  private final Map<JobKey, Given> settings = new EnumMap<>(JobKey.class);
  private final List<String> files = new ArrayList<>();
  private final Map<String, String> sourceOptions = new LinkedHashMap<>();
  private final Map<String, String> destinationOptions = new LinkedHashMap<>();
  private Map<String, @Nullable Object> mapping = Map.of();
  private Map<String, @Nullable Object> service = Map.of();
  private List<String> key = List.of();

  /// Nothing yet.
  public JobSettings() {}

  /// Sets one of the single settings.
  public void set(JobKey key, Given given) {
    settings.put(key, given);
  }

  /// Sets it by its flag, if the user gave that.
  public void flag(JobKey key, @Nullable String text) {
    if (text != null) {
      set(key, new Given(text, key.flag()));
    }
  }

  /// Names the files to read, in place of those named before.
  public void files(List<String> locations) {
    if (!locations.isEmpty()) {
      files.clear();
      files.addAll(locations);
    }
  }

  /// Sets an option of the source.
  public void sourceOption(String name, String value) {
    sourceOptions.put(name, value);
  }

  /// Sets an option of the destination.
  public void destinationOption(String name, String value) {
    destinationOptions.put(name, value);
  }

  /// Sets options that were given as `name=value`.
  public void options(String flag, List<String> pairs, Consumer<Map.Entry<String, String>> taker) {
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        throw new UserException(flag + " takes NAME=VALUE, not '" + pair + "'.");
      }
      taker.accept(Map.entry(pair.substring(0, equals).strip(), pair.substring(equals + 1)));
    }
  }

  /// It is a keyed flow; of mode `upsert` if nothing else was or will be said.
  public void sync() {
    settings.putIfAbsent(JobKey.MODE, new Given("upsert", JobKey.MODE.flag()));
  }

  /// Its source is live.
  public void live() {
    settings.putIfAbsent(
        JobKey.PARK_AFTER, new Given(Job.USUAL_PARK_AFTER, JobKey.PARK_AFTER.flag()));
  }

  /// The fields that make up a record's key, unless the mapping's own arguments name others.
  public void key(List<String> fields) {
    key = List.copyOf(fields);
  }

  /// Takes the tree of a job file's `service`, which is for the service alone.
  public void service(Map<String, @Nullable Object> tree) {
    service = tree;
  }

  /// What the job file says to the service.
  public Map<String, @Nullable Object> service() {
    return service;
  }

  /// Takes the tree of a job file's `mapping`.
  public void mapping(Map<String, @Nullable Object> tree) {
    mapping = tree;
  }

  /// Changes the mapping by arguments on top of it.
  public void mapping(Consumer<MappingArguments> change) {
    var arguments = new MappingArguments(mapping);
    change.accept(arguments);
    mapping = arguments.tree();
  }

  /// The job, if all that it needs is there and has its form.
  ///
  /// @throws UserException if not; says where
  public Job job() {
    if (files.isEmpty()) {
      throw new UserException(
          "No file is named to read from: give one, or set source.files in the job file.");
    }
    if (!settings.containsKey(JobKey.TO)) {
      throw new UserException(
          "No destination is named: give --to DESTINATION, or set destination.to in the job file.");
    }
    if (!settings.containsKey(JobKey.MODE)) {
      for (JobKey key : JobKey.Section.SYNC.settings()) {
        Given given = settings.get(key);
        if (given != null) {
          throw new UserException(
              given.where()
                  + " is for flows that are kept equal by key: use waybill sync, or give the job file"
                  + " a part sync.");
        }
      }
    }
    if (settings.containsKey(JobKey.MODE) && settings.containsKey(JobKey.PARK_AFTER)) {
      throw new UserException(
          "A flow is either live or kept equal by comparing: leave out the part live or the part"
              + " sync of the job file.");
    }
    var texts = new EnumMap<JobKey, String>(JobKey.class);
    settings.forEach((key, given) -> texts.put(key, checked(key, given)));
    return new Job(files, sourceOptions, destinationOptions, keyed(), texts);
  }

  private Map<String, @Nullable Object> keyed() {
    if (key.isEmpty() || mapping.containsKey("key")) {
      return mapping;
    }
    var keyed = new LinkedHashMap<String, @Nullable Object>(mapping);
    keyed.put("key", new ArrayList<@Nullable Object>(key));
    return keyed;
  }

  private static String checked(JobKey key, Given given) {
    String text = given.text().strip();
    if (!key.form().fits(text)) {
      throw new UserException(
          given.where() + " " + key.form().rule() + ", not '" + given.text() + "'.");
    }
    return text;
  }
}
