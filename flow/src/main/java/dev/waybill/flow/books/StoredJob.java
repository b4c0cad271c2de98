package dev.waybill.flow.books;

import dev.waybill.Disposition;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.flow.job.Given;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobFile;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.JobPaths;
import dev.waybill.flow.job.JobSettings;
import dev.waybill.flow.job.Masked;
import dev.waybill.json.Json;
import dev.waybill.spi.Option;
import dev.waybill.spi.SecretSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A job as the ledger keeps it: a job file's tree, the directory that its relative paths start
/// from, and what had to be left out because it is secret.
///
/// @param directory absolute
/// @param job the settings, without secrets
/// @param again of which dispositions a retry sends the items; empty if it is no retry
/// @param left names of secrets that were given in the clear, by the flag that gives them again
/// @param abroad where else it is done; null if it is done by the program itself
public record StoredJob(
    Path directory,
    JobSettings job,
    Set<Disposition> again,
    Map<String, List<String>> left,
    @Nullable Abroad abroad) {

  /// Another place where a run is done.
  ///
  /// @param address of the place
  /// @param out the folder, absolute, for the files that it leaves
  public record Abroad(String address, Path out) {}

  private static final String OPTION = "--option";
  private static final String SOURCE_OPTION = "--source-option";

  /// The text to be kept.
  ///
  /// @param again of which dispositions a retry sends the items; empty if it is no retry
  /// @param options those of the destination
  /// @param sourceOptions those of the source
  public static String text(
      Job job, Set<Disposition> again, List<Option> options, List<Option> sourceOptions) {
    return text(job, again, options, sourceOptions, null);
  }

  /// The text to be kept of a run that may be done elsewhere.
  ///
  /// @param abroad where; null if it is done by the program itself
  static String text(
      Job job,
      Set<Disposition> again,
      List<Option> options,
      List<Option> sourceOptions,
      @Nullable Abroad abroad) {
    var left = new TreeMap<String, @Nullable Object>();
    var settings = new LinkedHashMap<>(job.settings());
    String to = Masked.address(job.to());
    if (!to.equals(job.to())) {
      settings.put(JobKey.TO, to);
      left.put(JobKey.TO.flag(), List.of(to));
    }
    var kept =
        new Job(
            // A database is never read again by what is kept here.
            job.files().stream().map(Masked::address).toList(),
            open(job.sourceOptions(), sourceOptions, SOURCE_OPTION, left),
            open(job.destinationOptions(), options, OPTION, left),
            job.mapping(),
            settings);
    var tree = new LinkedHashMap<String, @Nullable Object>();
    tree.put("directory", Path.of("").toAbsolutePath().toString());
    tree.put("job", kept.tree());
    tree.put("again", again.stream().map(Enum::name).sorted().toList());
    tree.put("left", left);
    if (abroad != null) {
      tree.put("abroad", Map.of("address", abroad.address(), "out", abroad.out().toString()));
    }
    return Json.text(tree);
  }

  /// The options without those secrets that are no references.
  private static Map<String, String> open(
      Map<String, String> given,
      List<Option> known,
      String flag,
      Map<String, @Nullable Object> left) {
    var open = new LinkedHashMap<>(given);
    var names = new ArrayList<String>();
    for (Option option : known) {
      String value = given.get(option.name());
      if (option.kind() == Option.Kind.SECRET
          && value != null
          && !SecretSource.isReference(value)) {
        open.remove(option.name());
        names.add(option.name());
      }
    }
    if (!names.isEmpty()) {
      left.put(flag, names);
    }
    return open;
  }

  /// The job of a run.
  ///
  /// @param run how the run is called in complaints
  /// @throws UserException if it is none
  public static StoredJob read(String run, String text) {
    if (!(Json.read(text) instanceof Fields fields)
        || !(fields.get("directory") instanceof String directory)
        || !(fields.get("again") instanceof List<?> again)
        || !(fields.get("left") instanceof Fields leftOut)) {
      throw new UserException(
          "Run " + run + " was not made by this program, and can not be gone on with by it.");
    }
    var left = new TreeMap<String, List<String>>();
    for (String flag : leftOut.names().asList()) {
      if (leftOut.get(flag) instanceof List<?> names) {
        left.put(flag, names.stream().map(String::valueOf).toList());
      }
    }
    JobSettings job = JobFile.parse("the job of run " + run, Json.text(fields.get("job")));
    Set<Disposition> dispositions =
        again.stream()
            .map(name -> Disposition.valueOf(String.valueOf(name)))
            .collect(Collectors.toUnmodifiableSet());
    return new StoredJob(Path.of(directory), job, dispositions, left, abroad(fields));
  }

  private static @Nullable Abroad abroad(Fields fields) {
    return fields.get("abroad") instanceof Fields abroad
        ? new Abroad(
            String.valueOf(abroad.get("address")), Path.of(String.valueOf(abroad.get("out"))))
        : null;
  }

  /// The job to do, with what the user gave anew on top. Paths are as they were given if this is
  /// the same directory, and absolute if it is another.
  ///
  /// @throws UserException if a secret is missing
  public Job with(Consumer<JobSettings> flags) {
    Job before = here();
    var settings = new JobSettings();
    settings.files(before.files());
    before.sourceOptions().forEach(settings::sourceOption);
    before.destinationOptions().forEach(settings::destinationOption);
    settings.mapping(before.mapping());
    before.settings().forEach((key, value) -> settings.set(key, new Given(value, key.flag())));
    flags.accept(settings);
    Job now = settings.job();
    if (!Masked.address(now.to()).equals(Masked.address(before.to()))) {
      throw new UserException(
          "The run went to "
              + Masked.address(before.to())
              + ", and can go on only to there, not to "
              + Masked.address(now.to())
              + ".");
    }
    demand(now);
    return now;
  }

  /// The job without its secrets. Paths are as they were given if this is the same directory, and
  /// absolute if it is another.
  public Job here() {
    boolean elsewhere = !directory.equals(Path.of("").toAbsolutePath());
    return elsewhere ? JobPaths.from(directory, job.job()) : job.job();
  }

  private void demand(Job now) {
    left.forEach(
        (flag, names) -> {
          for (String name : names) {
            boolean given =
                switch (flag) {
                  case OPTION -> now.destinationOptions().containsKey(name);
                  // What a live run parked is read from the ledger.
                  case SOURCE_OPTION -> now.isLive() || now.sourceOptions().containsKey(name);
                  default -> !now.to().equals(name);
                };
            if (!given) {
              throw new UserException(
                  flag.equals(JobKey.TO.flag())
                      ? "The password in the address "
                          + name
                          + " is not kept in the ledger: give --to with it again."
                      : "The secret '"
                          + name
                          + "' was given in the clear and is not kept in the ledger: give "
                          + flag
                          + " "
                          + name
                          + "=… again; as env:VARIABLE or file:PATH it would be remembered.");
            }
          }
        });
  }
}
