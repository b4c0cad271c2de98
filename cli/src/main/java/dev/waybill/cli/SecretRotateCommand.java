package dev.waybill.cli;

import dev.waybill.server.store.Store;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "rotate-key",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = "waybill secret rotate-key [OPTIONS]",
    header = "Make a new key, and encrypt all secrets by it. The service may go on running.")
final class SecretRotateCommand implements Callable<Integer> {

  @ParentCommand private CommandGroup parent = CommandGroup.UNSET;

  @Mixin private ServiceFlags service = new ServiceFlags();

  @Override
  public Integer call() {
    try (Store store = service.store()) {
      int count = service.access(store).secrets().rotateKey();
      parent
          .console()
          .err()
          .println(
              "There is a new key, and "
                  + count
                  + (count == 1 ? " secret is" : " secrets are")
                  + " encrypted by it. Keep a copy of it apart from those of the database.");
    }
    return 0;
  }
}
