package dev.waybill.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    header = "Print a completion script for bash and zsh.",
    footer = {
      "",
      "Examples:",
      "  For this shell",
      "    source <(waybill completion)",
      "  For all to come",
      "    waybill completion > ~/.local/share/bash-completion/completions/waybill"
    })
final class CompletionCommand implements Callable<Integer> {

  @ParentCommand private Waybill waybill = Waybill.UNSET;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    if (spec != null) {
      waybill.console().out().print(AutoComplete.bash("waybill", spec.root().commandLine()));
    }
    return 0;
  }
}
