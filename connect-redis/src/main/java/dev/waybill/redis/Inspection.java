package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.spi.Inspectable.Exchange;
import dev.waybill.spi.Inspectable.Inspector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Writes pipelines and replies as `redis-cli` does, and shows them to whoever asked.
final class Inspection {

  private final Address address;
  private volatile @Nullable Inspector inspector;

  Inspection(Address address) {
    this.address = address;
  }

  void by(Inspector asked) {
    this.inspector = asked;
  }

  void show(List<Command.Ready> commands, Line.Answers answers) {
    Inspector told = inspector;
    if (told != null) {
      told.exchanged(
          new Exchange(
              request(commands, Exchange.MOST_BODY_BYTES),
              answers.list().isEmpty() ? null : text(answers)));
    }
  }

  /// The commands, one a line; no more than so many characters of them.
  String request(List<Command.Ready> commands, int most) {
    var text = new StringBuilder(address.toString()).append("\n\n");
    for (Command.Ready command : commands) {
      if (text.length() > most) {
        return text.append("… (").append(commands.size()).append(" commands)\n").toString();
      }
      text.append(command).append('\n');
    }
    return text.toString();
  }

  private static String text(Line.Answers answers) {
    var text = new StringBuilder();
    for (Line.Answer answer : answers.list()) {
      if (text.length() > Exchange.MOST_BODY_BYTES) {
        return text.append("… (").append(answers.list().size()).append(" replies)\n").toString();
      }
      text.append(
              switch (answer) {
                case Line.Answer.Value(byte[] bytes) -> new String(bytes, UTF_8);
                case Line.Answer.Value(Long number) -> "(integer) " + number;
                case Line.Answer.Value(Object other) -> other == null ? "(nil)" : other.toString();
                case Line.Answer.Failed(String message) -> "(error) " + message;
              })
          .append('\n');
    }
    return answers.broken() == null ? text.toString() : text + "… " + answers.broken() + "\n";
  }
}
