package dev.waybill.redis;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.Reply;
import dev.waybill.Verdict;
import dev.waybill.redis.Verdicts.Judged;
import dev.waybill.redis.Verdicts.Standing;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The records of a batch on their way: those that can be sent are a command each, the others have
/// their verdict already.
record Pipeline(List<Command> all, List<Command.Ready> commands) {

  static Pipeline of(List<Item<Fields>> items, CommandMaker maker) {
    var all = new ArrayList<Command>(items.size());
    var commands = new ArrayList<Command.Ready>(items.size());
    for (Item<Fields> item : items) {
      Command command = maker.of(item);
      all.add(command);
      if (command instanceof Command.Ready ready) {
        commands.add(ready);
      }
    }
    return new Pipeline(all, commands);
  }

  /// The reply if none of the records can be sent.
  Reply unsent() {
    return new Reply.Answered(verdicts(List.of()));
  }

  Reply reply(Line.Answers answers, Verdicts table) {
    if (answers.broken() != null && answers.list().isEmpty()) {
      return new Reply.InDoubt(broken(answers));
    }
    var judged = new ArrayList<Judged>(commands.size());
    for (Line.Answer answer : answers.list()) {
      judged.add(
          switch (answer) {
            case Line.Answer.Value(Object reply) -> table.of(reply);
            case Line.Answer.Failed(String message) -> table.ofError(message);
          });
    }
    Reply common = answers.broken() == null ? common(judged) : null;
    if (common != null) {
      return common;
    }
    // Those without a reply may have been executed.
    while (judged.size() < commands.size()) {
      judged.add(new Judged(new Verdict.InDoubt(broken(answers)), Standing.OWN));
    }
    return new Reply.Answered(verdicts(judged.stream().map(Judged::verdict).toList()));
  }

  private static Reason broken(Line.Answers answers) {
    return Reason.of("the connection broke before the reply came: " + answers.broken());
  }

  /// What holds for all commands alike, and so for the call; null if nothing does.
  private static @Nullable Reply common(List<Judged> judged) {
    Standing standing = judged.getFirst().standing();
    if (judged.stream().anyMatch(one -> one.standing() != standing)) {
      return null;
    }
    Reason reason =
        switch (judged.getFirst().verdict()) {
          case Verdict.Rejected rejected -> rejected.reason();
          case Verdict.Deferred deferred -> deferred.reason();
          case Verdict.InDoubt doubt -> doubt.reason();
          case Verdict.Accepted accepted -> Reason.of("accepted");
        };
    return switch (standing) {
      case OWN -> null;
      case AWAY -> new Reply.Unavailable(reason);
      case HOPELESS -> new Reply.Fatal(reason);
    };
  }

  private List<Verdict> verdicts(List<Verdict> ofSent) {
    var verdicts = new ArrayList<Verdict>(all.size());
    int next = 0;
    for (Command command : all) {
      verdicts.add(
          switch (command) {
            case Command.Ready ready -> ofSent.get(next++);
            case Command.Unfit unfit -> unfit.verdict();
          });
    }
    return verdicts;
  }

  /// Why records can not be sent, each reason once.
  List<String> complaints() {
    return all.stream()
        .filter(Command.Unfit.class::isInstance)
        .map(command -> ((Command.Unfit) command).verdict().reason().toString())
        .distinct()
        .toList();
  }
}
