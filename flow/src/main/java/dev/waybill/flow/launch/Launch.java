package dev.waybill.flow.launch;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.sync.Plan;
import dev.waybill.flow.sync.Planner;
import dev.waybill.json.Json;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.KeyedWriting;
import dev.waybill.ledger.Ledger;
import dev.waybill.mapping.Mapping;
import dev.waybill.run.CallObserver;
import dev.waybill.run.Run;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Journal;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Recovery;
import dev.waybill.spi.Source;
import dev.waybill.spi.SourceIdentity;
import dev.waybill.spi.SourceProvider;
import dev.waybill.spi.WriteBack;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A job with everything opened that it needs: ready to run, or to be looked at without sending.
public final class Launch implements AutoCloseable {

  private final Job job;
  private final SourceProvider from;
  private final DestinationProvider to;
  private Source source;
  private final Mapping mapping;
  private Reader reader;
  private final Destination<Fields> destination;
  private final @Nullable Destination<Fields> deleting;
  private final Policy policy;
  private final List<String> notes;
  private final Optional<String> tableName;
  private final Permits permits;
  private final long totalBytes;
  private @Nullable SourceIdentity identity;
  private @Nullable Plan plan;
  private @Nullable WriteBack back;

  private Launch(
      Job job,
      SourceProvider from,
      DestinationProvider to,
      Source source,
      Mapping mapping,
      Reader reader,
      Destination<Fields> destination,
      @Nullable Destination<Fields> deleting,
      List<String> notes,
      Optional<String> tableName,
      Permits permits) {
    this.job = job;
    this.permits = permits;
    this.from = from;
    this.to = to;
    this.source = source;
    this.mapping = mapping;
    this.reader = reader;
    this.destination = destination;
    this.deleting = deleting;
    this.policy = job.policy(destination.traits());
    this.notes = notes;
    this.tableName = tableName;
    this.totalBytes = source.totalBytes();
  }

  /// Opens source, mapping and destination, and reads some records ahead. Nothing is sent.
  ///
  /// @throws UserException if one of them can not be opened
  public static Launch open(Job job, Connectors connectors) {
    return open(job, connectors, Piece.of(job));
  }

  /// Opens all for a part of the source that was read before.
  ///
  /// @throws UserException if one of them can not be opened, or the source has changed
  public static Launch open(Job job, Connectors connectors, Piece piece) {
    return open(job, connectors, piece, Permits.everything());
  }

  /// Opens all for a part of the source, with no more of the machine than is permitted.
  ///
  /// @throws UserException if one of them can not be opened, or the source has changed
  public static Launch open(Job job, Connectors connectors, Piece piece, Permits permits) {
    DestinationProvider to = connectors.destination(job.to());
    SourceProvider from = connectors.source(job.format(), job.files());
    var given = new LinkedHashMap<>(job.destinationOptions());
    var notes = new ArrayList<String>();
    if (job.isSync()) {
      Keyed.complete(job, to, given);
    }
    TableRules.beside(job, to, given).ifPresent(notes::add);
    Options options = Options.of(to.schemes().getFirst(), to.options(), given, permits);
    Options sourceOptions = Options.of(from.name(), from.options(), job.sourceOptions(), permits);
    Source source = from.open(job.files(), sourceOptions);
    try {
      piece.seek(source);
      Mapping mapping = Mapping.compile(job.mappingSpec(), source.columns());
      if (job.isSync()) {
        Keyed.check(job, mapping);
      }
      if (job.keepsOrder() && mapping.key().isEmpty() && job.mappingSpec().key().isEmpty()) {
        throw new UserException("--order per-key needs to know the key: give --key FIELD.");
      }
      var reader = new Reader(source, mapping, piece.wanted());
      reader.readAhead();
      var delivery =
          new Delivery(
              mapping.columns(),
              reader.sample().stream().map(Item::payload).toList(),
              mapping.key(),
              nameOf(source, job));
      Destination<Fields> destination = to.open(job.to(), options, delivery);
      Optional<String> tableName =
          to.options().stream().anyMatch(option -> option.name().equals("table"))
                  && !given.containsKey("table")
              ? Optional.ofNullable(delivery.name())
              : Optional.empty();
      Destination<Fields> deleting = Keyed.deleting(job, to, options, delivery, destination);
      return new Launch(
          job, from, to, source, mapping, reader, destination, deleting, notes, tableName, permits);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /// The destination alone, on a machine that only delivers: it looks at the source as long as it
  /// takes to know what is to come.
  ///
  /// @throws UserException if one of them can not be opened
  public static Destination<Fields> destination(Job job, Connectors connectors) {
    Launch launch = open(job, connectors);
    launch.source.close();
    return launch.destination;
  }

  /// The source alone, to be read through.
  ///
  /// @throws UserException if it can not be opened
  public static Source source(Job job, Connectors connectors) {
    SourceProvider from = connectors.source(job.format(), job.files());
    return from.open(job.files(), Options.of(from.name(), from.options(), job.sourceOptions()));
  }

  private static @Nullable String nameOf(Source source, Job job) {
    return source.name() == null ? SourceName.of(job.files().getFirst()) : source.name();
  }

  public Job job() {
    return job;
  }

  /// The fixed rate of calls; 0 if there is none.
  public double callsPerSecond() {
    return policy.callsPerSecond();
  }

  /// The table that the records go into because the input is called so, which files that a run
  /// leaves are not; empty if the user named one or the destination has none.
  public Optional<String> tableName() {
    return tableName;
  }

  /// What the user should know of how the job was understood, a sentence each.
  public List<String> notes() {
    return notes;
  }

  /// The first call as it would be made, or, where the destination can not tell, the first record
  /// as it would be given to it.
  ///
  /// @throws UserException if there is no record, or none that can be sent
  public String preview() {
    List<Item<Fields>> items = reader.sample();
    if (items.isEmpty()) {
      throw new UserException(
          reader.refusals().isEmpty()
              ? "There is no record to send: the input has none, or none from --start-at on."
              : "None of the first "
                  + reader.refusals().size()
                  + " records can be sent; the first one: "
                  + reader.refusals().getFirst().message());
    }
    if (destination instanceof Preview<Fields> previewing) {
      List<Item<Fields>> first = items.subList(0, Math.min(policy.batchItems(), items.size()));
      return previewing.preview(new Batch<>(1, first, 1, "preview-1"));
    }
    return Json.text(items.getFirst().payload());
  }

  /// The same job for another machine: its files one by one, with absolute paths, or the address of
  /// its database.
  ///
  /// @throws UserException if it reads a pipe, or is one that only the ledger's machine can do
  public Job abroad() {
    if (job.isSync()) {
      throw new UserException(
          "A flow that keeps records by their key is done where its ledger is: run it without --on.");
    }
    List<String> files =
        canBeReadAgain()
            ? identity().parts().stream().map(SourceIdentity.Part::name).toList()
            : job.files().stream().map(from::anywhere).toList();
    if (files.isEmpty() || !files.stream().allMatch(Launch::isSeenElsewhere)) {
      throw new UserException(
          "A cluster reads files, each of which all its machines can see, a database or a topic:"
              + " give the job such.");
    }
    return new Job(
        files, job.sourceOptions(), job.destinationOptions(), job.mapping(), job.settings());
  }

  private static boolean isSeenElsewhere(String location) {
    return Files.isRegularFile(Path.of(location)) || location.matches("[a-z][a-z0-9]+:.+");
  }

  /// The ending that files of the source's format have, without the dot.
  public String extension() {
    return source.extension();
  }

  /// Begins the files that the run leaves.
  public RunFiles files(Instant now) {
    return RunFiles.create(job.out(), source, keyName(), now);
  }

  /// Goes on with the files of an earlier life, of which so much is good, by name; begins them if
  /// that life came to none.
  ///
  /// @throws UserException if they are not there any more
  public RunFiles filesOf(Map<String, Long> lengths, Instant now) {
    RunFiles.Mark mark = FilesSink.mark(lengths);
    return mark == null ? files(now) : RunFiles.reopen(mark, source, keyName());
  }

  /// How far the files reach, by name.
  public static Map<String, Long> lengths(RunFiles files) {
    return FilesSink.lengths(files);
  }

  /// What the source consists of; reads a part of it.
  public SourceIdentity identity() {
    if (identity == null) {
      identity = source.identity();
    }
    return identity;
  }

  /// The job as a text, made with the options that destination and source have.
  public String storedJob(BiFunction<List<Option>, List<Option>, String> text) {
    return text.apply(to.options(), from.options());
  }

  /// Whether the source can be read a second time: files can, a pipe can not.
  public boolean canBeReadAgain() {
    return identity().canBeReadAgain();
  }

  /// How calls are made, in words.
  public String policyInWords() {
    return "calls of up to "
        + policy.batchItems()
        + " records, "
        + policy.inFlight()
        + " at a time, "
        + policy.maxAttempts()
        + " attempts"
        + (policy.callsPerSecond() > 0 ? ", " + policy.callsPerSecond() + " calls a second" : "");
  }

  /// The fields that name a record; empty if there are none.
  public List<String> keyColumns() {
    return mapping.key().isEmpty() ? job.mappingSpec().key() : mapping.key();
  }

  /// The flow's name: what the user called it, or what the records are called after their input:
  /// `contacts`.
  public String flow() {
    String given = job.isSync() ? job.sync().flow() : null;
    String name = given == null ? nameOf(source, job) : given;
    return name == null ? job.sourceInWords() : name;
  }

  /// Finds out what the run of a keyed flow is to do, if that is not known yet: reads the source
  /// for the first time, and compares it with what the ledger knows of each key. Nothing is sent.
  ///
  /// @return empty if the job is no keyed flow
  /// @throws UserException if a run of the flow is under way, or too much has changed
  public Optional<Plan> plan(Ledger ledger) {
    if (job.isSync() && plan == null) {
      String table = job.sync().writeBack();
      if (table != null) {
        // What can not be written is told before anything is sent.
        source.writeBack(table, "").close();
      }
      FlowState state = Keyed.state(ledger, flow(), job, tableOf(), keyColumns());
      Plan made = Planner.plan(reader, keyColumns(), state, job.sync());
      plan = made;
      readAgain(made);
    }
    return Optional.ofNullable(plan);
  }

  /// The plan, if there is one by now.
  public Optional<Plan> planned() {
    return Optional.ofNullable(plan);
  }

  /// The table that the destination writes to, where it has tables.
  private String tableOf() {
    String given = job.destinationOptions().get("table");
    return given == null ? tableName.orElse("") : given;
  }

  /// Goes back to the source's beginning, for those records that are wanted.
  private void readAgain(Plan made) {
    if (made.lastWanted() > 0 && !source.rewind()) {
      source.close();
      Options sourceOptions = Options.of(from.name(), from.options(), job.sourceOptions(), permits);
      source = from.open(job.files(), sourceOptions);
    }
    Wanted wanted =
        new Wanted() {
          @Override
          public boolean has(long ordinal) {
            return made.wants(ordinal);
          }

          @Override
          public long last() {
            return made.lastWanted();
          }
        };
    reader = new Reader(source, mapping, wanted);
  }

  private @Nullable String keyName() {
    List<String> key = keyColumns();
    return key.size() == 1 ? key.getFirst() : null;
  }

  /// The run, not begun yet.
  ///
  /// @param name its id
  /// @param recovery what is known of an earlier life
  /// @param doubtedBefore whether the run of which this is a retry left an item in doubt
  /// @param observer told of its calls; null for nobody
  public Run<Fields> run(
      String name,
      RunFiles files,
      Journal<Fields> journal,
      Recovery recovery,
      Predicate<Item<Fields>> doubtedBefore,
      @Nullable CallObserver<Fields> observer) {
    if (job.isSync()) {
      throw new UserException(
          "A keyed flow keeps its state in the ledger, which is off: name one by --ledger.");
    }
    return new Run<>(
        name,
        reader,
        destination,
        policy,
        new FilesSink(files),
        journal,
        recovery,
        doubtedBefore,
        observer);
  }

  /// The call for a batch as the destination would make it; empty if it can not tell.
  public Optional<String> preview(Batch<Fields> batch) {
    return destination instanceof Preview<Fields> previewing
        ? Optional.of(previewing.preview(batch))
        : Optional.empty();
  }

  /// The source's columns; empty if records differ.
  public List<String> columns() {
    return source.columns().asList();
  }

  /// Bytes of the input that were read so far; any thread may ask.
  public long bytesRead() {
    return reader.bytesRead();
  }

  /// The run of a keyed flow, planned and not begun yet.
  ///
  /// @param name its id
  /// @param keys what its keys are written by
  /// @param observer told of its calls; null for nobody
  public Run<Fields> run(
      String name,
      RunFiles files,
      Journal<Fields> journal,
      KeyedWriting keys,
      @Nullable CallObserver<Fields> observer) {
    Plan made = Objects.requireNonNull(plan, "a run that is planned");
    String table = job.sync().writeBack();
    back = table == null ? null : source.writeBack(table, name);
    var sink = new KeyedSink(files, back);
    var run =
        new Run<>(
            name,
            made.sendable(reader),
            destination,
            policy,
            sink,
            journal,
            Recovery.none(),
            made::doubted,
            observer);
    if (deleting != null && made.counts().deletes() > 0) {
      run.then(
          made.deletions(),
          deleting,
          job.policy(deleting.traits()),
          sink.deletions(),
          keys::deletes);
    }
    return run;
  }

  /// The share of the input that was read, from 0 to 1; NaN if its size is not known.
  public double shareRead() {
    return totalBytes <= 0 ? Double.NaN : Math.min(1, (double) reader.bytesRead() / totalBytes);
  }

  @Override
  public void close() {
    Source read = source;
    Plan made = plan;
    WriteBack writer = back;
    try (read;
        destination;
        deleting;
        made;
        writer) {
      // closing is all
    }
  }
}
