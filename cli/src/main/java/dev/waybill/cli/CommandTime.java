package dev.waybill.cli;

import dev.waybill.UserException;
import dev.waybill.spi.Option;
import dev.waybill.spi.Options;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// A length of time on the command line, spelled as in the options of connectors.
final class CommandTime {

  private CommandTime() {}

  /// @param flag whose value it is, for the complaint
  /// @throws UserException if it is none
  static Duration of(String flag, String text) {
    var option = Option.of("time", null, "");
    try {
      return Options.of("waybill", List.of(option), Map.of("time", text)).duration("time");
    } catch (UserException e) {
      throw new UserException(
          flag + " takes a length of time such as 30m, 12h or 90d, not '" + text + "'.", e);
    }
  }
}
