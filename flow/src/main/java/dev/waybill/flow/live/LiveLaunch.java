package dev.waybill.flow.live;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.UserException;
import dev.waybill.delivery.Policy;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.job.Masked;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.json.Json;
import dev.waybill.mapping.Mapping;
import dev.waybill.run.Bookmark;
import dev.waybill.run.CallObserver;
import dev.waybill.run.LiveRun;
import dev.waybill.run.LiveSupply;
import dev.waybill.spi.Destination;
import dev.waybill.spi.DestinationProvider;
import dev.waybill.spi.DestinationProvider.Delivery;
import dev.waybill.spi.Intake;
import dev.waybill.spi.Journal;
import dev.waybill.spi.LiveSource;
import dev.waybill.spi.LiveSourceProvider;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import dev.waybill.spi.Permits;
import dev.waybill.spi.Recovery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// A live flow's job with everything opened that it needs: ready to run.
public final class LiveLaunch implements AutoCloseable {

  /// Records that are looked at to know what is to come.
  private static final int SAMPLE_ITEMS = 200;

  private static final String TABLE = "table";

  private final Job job;
  private final LiveSourceProvider from;
  private final DestinationProvider to;
  private final LiveSource source;
  private final Mapping mapping;
  private final List<String> key;
  private final LiveMapping.Deletes deletes;
  private final Destination<Fields> destination;
  private final Policy policy;
  private boolean ran;

  private LiveLaunch(
      Job job,
      LiveSourceProvider from,
      DestinationProvider to,
      LiveSource source,
      Mapping mapping,
      Writing writing) {
    this.job = job;
    this.from = from;
    this.to = to;
    this.source = source;
    this.mapping = mapping;
    this.key = key(job, mapping);
    this.destination = writing.destination();
    this.deletes = writing.deletes();
    Policy asked = job.policy(destination.traits());
    // Records of one key come one after the other, and each is only true after the one before.
    this.policy =
        key.isEmpty() || job.settings().containsKey(JobKey.ORDER)
            ? asked
            : asked.order(Policy.Order.PER_KEY);
  }

  private record Writing(Destination<Fields> destination, LiveMapping.Deletes deletes) {}

  /// Whether a job's source is live.
  public static boolean isLive(Job job, Connectors connectors) {
    return job.isLive() || connectors.liveSource(job.files().getFirst()).isPresent();
  }

  /// Opens source, mapping and destination. Nothing is sent.
  ///
  /// @throws UserException if one of them can not be opened
  public static LiveLaunch open(Job job, Connectors connectors, Permits permits) {
    LiveSourceProvider from = source(job, connectors);
    DestinationProvider to = connectors.destination(job.to());
    Options sourceOptions = Options.of(from.name(), from.options(), job.sourceOptions(), permits);
    LiveSource source = from.open(job.files().getFirst(), sourceOptions);
    try {
      Job live = completed(job, to, source);
      Options options =
          Options.of(to.schemes().getFirst(), to.options(), live.destinationOptions(), permits);
      Mapping mapping = Mapping.compile(job.mappingSpec(), source.columns());
      List<String> key = key(job, mapping);
      if (job.keepsOrder() && key.isEmpty()) {
        throw new UserException("--order per-key needs to know the key: give --key FIELD.");
      }
      var delivery =
          new Delivery(mapping.columns(), sample(source, mapping, key), key, source.name());
      Writing writing = writing(live, to, options, delivery);
      return new LiveLaunch(live, from, to, source, mapping, writing);
    } catch (RuntimeException | Error e) {
      source.close();
      throw e;
    }
  }

  /// What is said nowhere is kept with the run all the same: a retry has another source.
  private static Job completed(Job job, DestinationProvider to, LiveSource source) {
    var options = new LinkedHashMap<>(job.destinationOptions());
    boolean hasTables = to.options().stream().anyMatch(option -> option.name().equals(TABLE));
    if (hasTables && source.name() != null) {
      options.putIfAbsent(TABLE, source.name());
    }
    Job live = job.isLive() ? job : job.with(JobKey.PARK_AFTER, Job.USUAL_PARK_AFTER);
    return new Job(live.files(), live.sourceOptions(), options, live.mapping(), live.settings());
  }

  private static LiveSourceProvider source(Job job, Connectors connectors) {
    String location = job.files().getFirst();
    LiveSourceProvider from =
        connectors
            .liveSource(location)
            .orElseThrow(
                () ->
                    new UserException(
                        "A live flow reads from where records go on coming, which "
                            + Masked.address(location)
                            + " is not: leave out the part live of the job file."));
    if (job.files().size() > 1) {
      throw new UserException(
          "A live flow has one source, not " + job.files().size() + ": make a flow of each.");
    }
    if (job.isSync()) {
      throw new UserException(
          "What a live source hands over are changes already, and not compared: use waybill run.");
    }
    if (job.startAt() > 1 || job.limit() < Long.MAX_VALUE) {
      throw new UserException(
          "A live source has no first and no last record: leave out --start-at and --limit.");
    }
    return from;
  }

  private static List<String> key(Job job, Mapping mapping) {
    return mapping.key().isEmpty() ? job.mappingSpec().key() : mapping.key();
  }

  private static List<Fields> sample(LiveSource source, Mapping mapping, List<String> key) {
    var records = new ArrayList<Fields>();
    Intake<Fields> taker =
        new Intake<>() {
          @Override
          public void accept(Item<Fields> item) {
            if (item.prepared() != Mark.DELETION) {
              records.add(item.payload());
            }
          }

          @Override
          public void refuse(Item<Fields> item, Reason reason) {
            // it says nothing of what will be sent
          }
        };
    source.sample(
        new LiveMapping(mapping, key, new LiveMapping.Deletes.Ignore(), taker), SAMPLE_ITEMS);
    return records;
  }

  /// The destination, deleting too if it can and there is a key to tell which record.
  private static Writing writing(
      Job job, DestinationProvider to, Options options, Delivery delivery) {
    Destination<Fields> writing = to.open(job.to(), options, delivery);
    if ("ignore".equals(job.settings().get(JobKey.DELETES))) {
      return new Writing(writing, new LiveMapping.Deletes.Ignore());
    }
    if (delivery.key().isEmpty()) {
      return new Writing(writing, refused("without a key it is not known which one"));
    }
    try {
      var keyOnly =
          new Delivery(FieldNames.of(delivery.key()), List.of(), delivery.key(), delivery.name());
      Destination<Fields> deleting = to.openDeleting(job.to(), options, keyOnly);
      return new Writing(Pair.of(writing, deleting), new LiveMapping.Deletes.Apply());
    } catch (UserException e) {
      return new Writing(writing, refused(e.getMessage()));
    } catch (RuntimeException | Error e) {
      writing.close();
      throw e;
    }
  }

  private static LiveMapping.Deletes refused(@Nullable String why) {
    return new LiveMapping.Deletes.Refuse(
        Reason.of("deletion", "the record is a deletion, and none is made here: " + why));
  }

  public Job job() {
    return job;
  }

  /// What the user should know of how the job was understood, a sentence each.
  public List<String> notes() {
    return key.isEmpty()
        ? List.of(
            "No key is declared, so records may overtake each other, and deletions are rejected; name"
                + " it by mapping.key.")
        : List.of();
  }

  /// The flow's name: what the user called it, or what its records are called.
  public String flow() {
    String given = job.settings().get(JobKey.LIVE_FLOW);
    if (given != null) {
      return given;
    }
    return source.name() == null ? job.sourceInWords() : source.name();
  }

  /// Where it goes, with the table where the user named one; without secrets.
  String destinationInWords() {
    String table = job.destinationOptions().get(TABLE);
    return Masked.address(job.to()) + (table == null ? "" : ", table " + table);
  }

  /// How calls are made, in words.
  public String policyInWords() {
    return "calls of up to "
        + policy.batchItems()
        + " records, "
        + policy.inFlight()
        + " at a time, parked after "
        + job.settings().getOrDefault(JobKey.PARK_AFTER, Job.USUAL_PARK_AFTER)
        + (policy.callsPerSecond() > 0 ? ", " + policy.callsPerSecond() + " calls a second" : "");
  }

  /// The fixed rate of calls; 0 if there is none.
  public double callsPerSecond() {
    return policy.callsPerSecond();
  }

  /// The fields that name a record; empty if there are none.
  public List<String> keyColumns() {
    return key;
  }

  /// The job as a text, made with the options that destination and source have.
  String storedJob(BiFunction<List<Option>, List<Option>, String> text) {
    return text.apply(to.options(), from.options());
  }

  /// A record of those that came lately, as it would be given to the destination.
  ///
  /// @throws UserException if there is none
  public String preview() {
    return sample(source, mapping, key).stream()
        .findFirst()
        .map(Json::text)
        .orElseThrow(
            () -> new UserException("There is no record to show: the source has had none yet."));
  }

  /// The run, not begun yet; it closes the source. To be called once.
  ///
  /// @param id its name; the same when it goes on after a crash
  /// @param observer told of its calls; null for nobody
  LiveRun<Fields> run(
      String id,
      Journal<Fields> journal,
      Recovery recovery,
      Bookmark bookmark,
      @Nullable CallObserver<Fields> observer) {
    ran = true;
    var supply =
        new LiveSupply<Fields>(
            source, next -> new LiveMapping(mapping, key, deletes, next), bookmark);
    return new LiveRun<>(
        id, supply, destination, policy, journal, recovery, settlement -> {}, observer);
  }

  @Override
  public void close() {
    try (destination) {
      if (!ran) {
        source.close();
      }
    }
  }
}
