package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Verdict;
import java.util.List;
import java.util.Locale;
import redis.clients.jedis.Protocol;

/// What is made of an item ahead of its call; travels with it as [dev.waybill.Item#prepared()].
sealed interface Command {

  /// Who made it, and alone can use it.
  CommandMaker by();

  /// Bytes that it takes of a pipeline.
  long bytes();

  /// A command that can be sent.
  ///
  /// @param key the Redis key that it writes
  /// @param word its first word
  /// @param arguments those behind it
  record Ready(CommandMaker by, String key, Protocol.Command word, List<byte[]> arguments)
      implements Command {

    @Override
    public long bytes() {
      long bytes = word.getRaw().length + 8L;
      for (byte[] argument : arguments) {
        // `$LENGTH\r\n…\r\n`
        bytes += argument.length + 8L;
      }
      return bytes;
    }

    /// As `redis-cli` takes it.
    @Override
    public String toString() {
      var text = new StringBuilder(word.name());
      for (byte[] argument : arguments) {
        text.append(' ').append(quoted(new String(argument, UTF_8)));
      }
      return text.toString();
    }

    private static String quoted(String text) {
      if (!text.isEmpty()
          && text.chars()
              .allMatch(c -> Character.isLetterOrDigit(c) || "-_.:*~@".indexOf(c) >= 0)) {
        return text;
      }
      var quoted = new StringBuilder("\"");
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        switch (c) {
          case '"', '\\' -> quoted.append('\\').append(c);
          case '\n' -> quoted.append("\\n");
          case '\r' -> quoted.append("\\r");
          case '\t' -> quoted.append("\\t");
          default -> quoted.append(c < ' ' ? String.format(Locale.ROOT, "\\x%02x", (int) c) : c);
        }
      }
      return quoted.append('"').toString();
    }
  }

  /// A record that can not be sent.
  record Unfit(CommandMaker by, Verdict.Rejected verdict) implements Command {

    /// 1: it is in no pipeline, and nothing weighs nothing.
    @Override
    public long bytes() {
      return 1;
    }
  }
}
