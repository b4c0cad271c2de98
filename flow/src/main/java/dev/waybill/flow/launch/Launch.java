package dev.waybill.flow.launch;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.files.RunFiles;
import dev.waybill.flow.job.Job;
import dev.waybill.json.Json;
import dev.waybill.mapping.Mapping;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A job with everything opened that it needs: ready to run, or to be looked at without sending.
public final class Launch implements AutoCloseable {

  private final Job job;
  private final SourceProvider from;
  private final DestinationProvider to;
  private final Source source;
  private final Mapping mapping;
  private final Reader reader;
  private final Destination<Fields> destination;
  private final Policy policy;
  private final List<String> notes;
  private final Optional<String> tableName;
  private final long totalBytes;
  private @Nullable SourceIdentity identity;

  private Launch(
      Job job,
      SourceProvider from,
      DestinationProvider to,
      Source source,
      Mapping mapping,
      Reader reader,
      Destination<Fields> destination,
      List<String> notes,
      Optional<String> tableName) {
    this.job = job;
    this.from = from;
    this.to = to;
    this.source = source;
    this.mapping = mapping;
    this.reader = reader;
    this.destination = destination;
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
    TableRules.beside(job, to, given).ifPresent(notes::add);
    Options options = Options.of(to.schemes().getFirst(), to.options(), given, permits);
    Options sourceOptions = Options.of(from.name(), from.options(), job.sourceOptions(), permits);
    Source source = from.open(job.files(), sourceOptions);
    try {
      piece.seek(source);
      Mapping mapping = Mapping.compile(job.mappingSpec(), source.columns());
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
              SourceName.of(job.files().getFirst()));
      Destination<Fields> destination = to.open(job.to(), options, delivery);
      Optional<String> tableName =
          to.options().stream().anyMatch(option -> option.name().equals("table"))
                  && !given.containsKey("table")
              ? Optional.ofNullable(delivery.name())
              : Optional.empty();
      return new Launch(job, from, to, source, mapping, reader, destination, notes, tableName);
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

  /// The same job for another machine: its files one by one, with absolute paths.
  ///
  /// @throws UserException if it reads from a pipe
  public Job abroad() {
    if (!canBeReadAgain()) {
      throw new UserException("A cluster can not read standard input: give the job a file.");
    }
    List<String> files = identity().parts().stream().map(SourceIdentity.Part::name).toList();
    return new Job(
        files, job.sourceOptions(), job.destinationOptions(), job.mapping(), job.settings());
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

  /// What the records are called after their input: `contacts`.
  public String flow() {
    String name = SourceName.of(job.files().getFirst());
    return name == null ? job.files().getFirst() : name;
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
  public Run<Fields> run(
      String name,
      RunFiles files,
      Journal<Fields> journal,
      Recovery recovery,
      Predicate<Item<Fields>> doubtedBefore) {
    return new Run<>(
        name, reader, destination, policy, new FilesSink(files), journal, recovery, doubtedBefore);
  }

  /// The share of the input that was read, from 0 to 1; NaN if its size is not known.
  public double shareRead() {
    return totalBytes <= 0 ? Double.NaN : Math.min(1, (double) reader.bytesRead() / totalBytes);
  }

  @Override
  public void close() {
    try (source;
        destination) {
      // closing is all
    }
  }
}
