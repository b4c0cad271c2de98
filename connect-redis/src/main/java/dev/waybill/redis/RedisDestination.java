package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Batch;
import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.spi.Inspectable;
import dev.waybill.spi.Preview;
import dev.waybill.spi.Traits;
import dev.waybill.spi.Verifier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/// A database of a Redis: one pipeline a batch, one command a record.
class RedisDestination implements Preview<Fields>, Inspectable {

  private final Lines lines;
  private final Inspection inspection;
  private final Traits traits;
  final CommandMaker maker;
  private final Verdicts verdicts;
  private final AtomicBoolean closed = new AtomicBoolean();

  RedisDestination(
      Lines lines, Inspection inspection, Traits traits, CommandMaker maker, Verdicts verdicts) {
    this.lines = lines;
    this.inspection = inspection;
    this.traits = traits;
    this.maker = maker;
    this.verdicts = verdicts;
  }

  @Override
  public Traits traits() {
    return traits;
  }

  @Override
  public Item<Fields> prepare(Item<Fields> item) {
    return item.prepared(maker.of(item));
  }

  @Override
  public long bytesOf(Item<Fields> item) {
    return maker.of(item).bytes();
  }

  /// The Redis key where each record has its own. Elements of a list are not named by it: they
  /// would go one at a time.
  @Override
  public @Nullable String orderKey(Item<Fields> item) {
    return !maker.type().hasOwnKeys()
        ? item.key()
        : maker.of(item) instanceof Command.Ready command ? command.key() : null;
  }

  @Override
  public Reply send(Batch<Fields> batch) throws InterruptedException {
    Pipeline pipeline = Pipeline.of(batch.items(), maker);
    if (pipeline.commands().isEmpty()) {
      return pipeline.unsent();
    }
    return switch (call(pipeline.commands())) {
      case Called.Over(Line.Answers answers) -> pipeline.reply(answers, verdicts);
      case Called.NotMade(Reply reply) -> reply;
    };
  }

  /// What came of a call.
  sealed interface Called {

    /// It was made.
    record Over(Line.Answers answers) implements Called {}

    /// There was no connection to make it by.
    record NotMade(Reply reply) implements Called {}
  }

  final Called call(List<Command.Ready> commands) throws InterruptedException {
    Line line;
    try {
      line = lines.take();
    } catch (JedisConnectionException e) {
      interrupted(e);
      return new Called.NotMade(
          new Reply.Unavailable(Reason.of("no connection: " + Failures.message(e))));
    } catch (JedisDataException e) {
      return new Called.NotMade(refused(e));
    }
    Line.Answers answers;
    try {
      answers = line.pipeline(commands);
    } finally {
      lines.giveBack(line);
    }
    if (answers.broken() != null) {
      interrupted(null);
    }
    inspection.show(commands, answers);
    return new Called.Over(answers);
  }

  /// Being interrupted closes the connection that a thread waits on.
  private static void interrupted(@Nullable Exception failure) throws InterruptedException {
    if (Thread.interrupted()) {
      throw (InterruptedException) new InterruptedException().initCause(failure);
    }
  }

  /// A server that does not let itself be connected to: no command was sent.
  private Reply refused(JedisDataException failure) {
    Verdicts.Judged judged = verdicts.ofError(failure.getMessage());
    Reason reason = Verdicts.reason(failure.getMessage());
    return switch (judged.standing()) {
      case HOPELESS -> new Reply.Fatal(reason);
      // "ERR max number of clients reached", and whatever else there is.
      case OWN, AWAY -> new Reply.Unavailable(reason);
    };
  }

  @Override
  public String preview(Batch<Fields> batch) {
    Pipeline pipeline = Pipeline.of(batch.items(), maker);
    List<String> complaints = pipeline.complaints();
    String left = complaints.isEmpty() ? "" : "not sent: " + String.join("; ", complaints) + "\n";
    return pipeline.commands().isEmpty()
        ? left
        : inspection.request(pipeline.commands(), Integer.MAX_VALUE) + left;
  }

  @Override
  public void inspect(Inspector inspector) {
    inspection.by(inspector);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      lines.close();
    }
  }

  /// Records that can be asked for, because each has a key of its own.
  static final class WithLookup extends RedisDestination implements Verifier<Fields> {

    WithLookup(
        Lines lines, Inspection inspection, Traits traits, CommandMaker maker, Verdicts verdicts) {
      super(lines, inspection, traits, maker, verdicts);
    }

    @Override
    public Findings find(List<Item<Fields>> items) throws InterruptedException {
      Pipeline pipeline = Pipeline.of(items, maker);
      List<Command.Ready> questions =
          pipeline.commands().stream()
              .map(
                  command ->
                      new Command.Ready(
                          maker,
                          command.key(),
                          Protocol.Command.EXISTS,
                          List.of(command.key().getBytes(UTF_8))))
              .toList();
      if (questions.isEmpty()) {
        return found(pipeline, List.of());
      }
      return switch (call(questions)) {
        case Called.NotMade(Reply reply) -> new Findings.Failed(Reason.of("no connection"));
        case Called.Over(Line.Answers answers) when answers.broken() != null ->
            new Findings.Failed(Reason.of(answers.broken()));
        case Called.Over(Line.Answers answers) -> found(pipeline, answers.list());
      };
    }

    private static Findings found(Pipeline pipeline, List<Line.Answer> answers) {
      var presences = new ArrayList<Presence>(pipeline.all().size());
      int next = 0;
      for (Command command : pipeline.all()) {
        presences.add(
            switch (command) {
              case Command.Unfit unfit -> new Presence.Undecided(unfit.verdict().reason());
              case Command.Ready ready ->
                  switch (answers.get(next++)) {
                    case Line.Answer.Value(Long number) when number > 0 ->
                        new Presence.Present(null);
                    case Line.Answer.Value(Object other) -> new Presence.Absent();
                    case Line.Answer.Failed(String message) ->
                        new Presence.Undecided(Verdicts.reason(message));
                  };
            });
      }
      return new Findings.Found(presences);
    }
  }
}
