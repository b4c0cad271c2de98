package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.flow.books.LedgerPlace;
import dev.waybill.ledger.Durability;
import dev.waybill.ledger.Ledger;
import dev.waybill.ledger.Ledgers;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Where runs are written down.
final class LedgerFlags {

  @Option(
      names = "--ledger",
      paramLabel = "PLACE",
      description =
          "The ledger: a file, postgresql://USER@HOST/DATABASE, or off (default: $WAYBILL_LEDGER,"
              + " else ~/.local/share/waybill/ledger.db).")
  private @Nullable String place;

  @Option(
      names = "--durability",
      paramLabel = "process|power",
      description =
          "What the ledger outlives: the end of the process, or a loss of power too, which costs"
              + " time at each call (default process).")
  private @Nullable String durability;

  /// The ledger; null if none is to be kept.
  @Nullable Ledger openIfOn() {
    Durability promised = durability();
    String chosen = LedgerPlace.of(place, System.getenv()).orElse(null);
    return chosen == null ? null : Ledgers.open(chosen, promised);
  }

  /// The ledger, for those who can do nothing without it.
  ///
  /// @throws UserException if it is off
  Ledger open() {
    Ledger ledger = openIfOn();
    if (ledger == null) {
      throw new UserException(
          "The ledger is off, and only it knows the runs: name one by --ledger or "
              + LedgerPlace.VARIABLE
              + ".");
    }
    return ledger;
  }

  private Durability durability() {
    return switch (durability) {
      case null -> Durability.PROCESS;
      case "process" -> Durability.PROCESS;
      case "power" -> Durability.POWER;
      default ->
          throw new UserException("--durability takes process or power, not '" + durability + "'.");
    };
  }

  /// How to name the ledger in another command; nothing if that finds it by itself.
  String hint() {
    return place == null ? "" : " --ledger " + place;
  }
}
