package dev.waybill.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.Reason;
import dev.waybill.Verdict;
import dev.waybill.Verdict.Rejected.Kind;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the reply to one command means. An error's first word is its code: the Redis protocol
/// specification, "Simple errors".
///
/// @param idsAreGiven whether replies are ids, as those of streams are
record Verdicts(Mode mode, boolean idsAreGiven) {

  /// What may hold for all commands of a pipeline alike, and is then said of the call.
  enum Standing {
    /// It holds for this record alone.
    OWN,
    /// The server can not write at present, and has not.
    AWAY,
    /// No command of this sort can work here.
    HOPELESS
  }

  /// A command's reply.
  record Judged(Verdict verdict, Standing standing) {}

  /// No memory left; still reading its data; a replica, or without enough of them; disk trouble; a
  /// script that does not end; a cluster without all its parts; a script that was forgotten. None
  /// of them has written anything.
  private static final Set<String> AWAY =
      Set.of(
          "BUSY",
          "CLUSTERDOWN",
          "LOADING",
          "MASTERDOWN",
          "MISCONF",
          "NOREPLICAS",
          "NOSCRIPT",
          "OOM",
          "READONLY",
          "TRYAGAIN");

  private static final Set<String> OTHER_NODE = Set.of("ASK", "CROSSSLOT", "MOVED");

  private static final Set<String> NO_ENTRY = Set.of("NOAUTH", "WRONGPASS");

  /// @param reply what Jedis makes of it: bytes, a number, null
  Judged of(@Nullable Object reply) {
    boolean done = !(reply == null || (reply instanceof Long number && number == 0));
    if (mode == Mode.UPSERT || done) {
      return own(
          idsAreGiven && reply instanceof byte[] id
              ? new Verdict.Accepted(new String(id, UTF_8))
              : Verdict.Accepted.WITHOUT_ID);
    }
    return own(
        mode == Mode.INSERT
            ? new Verdict.Rejected(Reason.of("its key is there already"), Kind.DUPLICATE)
            : new Verdict.Rejected(
                Reason.of("its key is not there, and mode=update makes none"), Kind.PERMANENT));
  }

  /// @param message an error reply as the server wrote it
  Judged ofError(@Nullable String message) {
    Reason reason = reason(message);
    String code = String.valueOf(reason.code());
    if (AWAY.contains(code)) {
      return new Judged(new Verdict.Deferred(reason), Standing.AWAY);
    }
    // NOPERM is of the command, or of this key alone.
    boolean hopeless =
        NO_ENTRY.contains(code)
            || OTHER_NODE.contains(code)
            || (code.equals("NOPERM") && !reason.message().contains("key"))
            || reason.message().contains("unknown command");
    return new Judged(
        new Verdict.Rejected(reason, Kind.PERMANENT), hopeless ? Standing.HOPELESS : Standing.OWN);
  }

  /// The code and the words of an error.
  static Reason reason(@Nullable String message) {
    String text = Text.oneLine(message);
    int space = text.indexOf(' ');
    String code = space < 0 ? text : text.substring(0, space);
    boolean isCode = !code.isEmpty() && code.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    if (!isCode || space < 0) {
      return Reason.of(text);
    }
    String words = text.substring(space + 1);
    return Reason.of(
        code,
        OTHER_NODE.contains(code)
            ? "this node of a Redis Cluster does not have the key ("
                + words
                + "): a cluster is written through a proxy that knows it, or not at all"
            : words);
  }

  private static Judged own(Verdict verdict) {
    return new Judged(verdict, Standing.OWN);
  }
}
