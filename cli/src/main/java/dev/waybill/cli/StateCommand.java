package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.cli.view.States;
import dev.waybill.json.Json;
import dev.waybill.ledger.AcceptedKey;
import dev.waybill.ledger.FailingKey;
import dev.waybill.ledger.FlowState;
import dev.waybill.ledger.FlowState.Detail;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.ReasonHistory;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "state",
    customSynopsis = "waybill state [FLOW] [OPTIONS]",
    header = "Show what is known of the keys of a keyed flow, and what still fails.",
    description = {
      "",
      "Without FLOW, lists the flows. A flow whose state is reset sends all records at its next run,"
          + " as does 'waybill sync --full'; nothing at the destination is changed by a reset.",
      ""
    },
    footer = {
      "",
      "Examples:",
      "  waybill state",
      "  waybill state customers --failing",
      "  waybill state customers --export > customers.state.jsonl",
      "  waybill state customers --reset --key 4711"
    })
final class StateCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Parameters(arity = "0..1", paramLabel = "FLOW", description = "The flow's name.")
  private @Nullable String flow;

  @Option(
      names = "--failing",
      description = "List all keys whose records were not accepted when they were sent last.")
  private boolean failing;

  @Option(names = "--export", description = "Print all keys, one JSON object a line.")
  private boolean export;

  @Option(names = "--reset", description = "Forget all keys, or the one of --key.")
  private boolean reset;

  @Option(names = "--key", paramLabel = "KEY", description = "With --reset: the key to forget.")
  private @Nullable String key;

  @Option(names = "--json", description = "Print one JSON object for each flow or failing key.")
  private boolean json;

  @Mixin private LedgerFlags books = new LedgerFlags();

  @Override
  public Integer call() {
    if (key != null && !reset) {
      throw new UserException("--key names the key that --reset is to forget: give both.");
    }
    try (Ledger ledger = books.open()) {
      if (flow == null) {
        if (reset || export || failing) {
          throw new UserException("Of which flow? " + known(ledger));
        }
        list(ledger.states());
        return 0;
      }
      String name = flow;
      FlowState state =
          ledger
              .state(name)
              .orElseThrow(
                  () ->
                      new UserException(
                          "The ledger knows no keys of a flow '" + name + "'. " + known(ledger)));
      if (reset) {
        reset(state);
      } else if (export) {
        export(state);
      } else {
        show(state);
      }
    }
    return 0;
  }

  private static String known(Ledger ledger) {
    List<String> names = ledger.states().stream().map(state -> state.flow().name()).toList();
    return names.isEmpty()
        ? "There is none yet: waybill sync makes one."
        : "There are " + String.join(", ", names) + ".";
  }

  private void list(List<FlowState> states) {
    Console console = waybill.console();
    if (states.isEmpty()) {
      console.err().println("There are no keyed flows yet: waybill sync makes one.");
    } else if (json) {
      states.forEach(state -> console.out().println(Json.text(States.tree(state.summary()))));
    } else {
      States.table(states.stream().map(FlowState::summary).toList())
          .forEach(console.out()::println);
    }
  }

  private void show(FlowState state) {
    var out = waybill.console().out();
    if (failing) {
      try (Stream<FailingKey> keys = state.failing()) {
        keys.forEach(key -> out.println(json ? Json.text(States.tree(key)) : States.line(key)));
      }
    } else if (json) {
      out.println(Json.text(States.tree(state.summary(), state.reasons())));
    } else {
      List<ReasonHistory> reasons = state.reasons();
      States.lines(state.summary()).forEach(out::println);
      States.reasons(reasons).forEach(out::println);
      if (!reasons.isEmpty()) {
        out.println();
        out.println("All of them: waybill state " + state.flow().name() + " --failing");
      }
    }
  }

  private void export(FlowState state) {
    var out = waybill.console().out();
    try (Stream<AcceptedKey> keys = state.accepted(Detail.KEYS)) {
      keys.forEach(accepted -> out.println(Json.text(States.tree(accepted))));
    }
    try (Stream<FailingKey> keys = state.failing()) {
      keys.forEach(failed -> out.println(Json.text(States.tree(failed))));
    }
  }

  private void reset(FlowState state) {
    var out = waybill.console().out();
    String name = state.flow().name();
    if (key == null) {
      state.reset();
      out.println("The keys of " + name + " are forgotten: its next run sends all records.");
    } else if (state.reset(key)) {
      out.println("The key " + key + " of " + name + " is forgotten: it is sent by the next run.");
    } else {
      throw new UserException("Nothing is known of a key '" + key + "' of the flow " + name + ".");
    }
  }
}
