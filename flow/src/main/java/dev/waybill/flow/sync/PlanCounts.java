package dev.waybill.flow.sync;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// What comparing a source with the state of its keys has brought.
///
/// @param read records of the source
/// @param known keys that the destination has, or may have
/// @param unchanged records that it has as they are, and that are not sent
/// @param fresh records to be sent that it never accepted, and that were not sent before
/// @param changed records to be sent that have changed since it accepted them
/// @param again records to be sent that it did not accept when they were sent last
/// @param doubtful records to be sent of which nobody knows whether they arrived
/// @param resent records to be sent though they are unchanged, because all are
/// @param deletes records to be deleted
/// @param heldBack records that were rejected, have not changed, and wait for a later run
/// @param leftAlone records that have changed and are not sent, because only new ones are
/// @param refused records that can not be sent: without a key, or such that the source or the
///   mapping refuses them
/// @param duplicateKeys keys that several records share
/// @param superseded records that are not sent because another one has their key
/// @param gone keys that the destination has and the source has no longer, and that stay
/// @param withheld keys that would be deleted, were there not records whose key could not be read
public record PlanCounts(
    long read,
    long known,
    long unchanged,
    long fresh,
    long changed,
    long again,
    long doubtful,
    long resent,
    long deletes,
    long heldBack,
    long leftAlone,
    long refused,
    long duplicateKeys,
    long superseded,
    long gone,
    long withheld) {

  /// Records to be sent, deletes among them.
  public long toSend() {
    return fresh + changed + again + doubtful + resent + deletes;
  }

  /// The counts that are not zero, by name.
  public Map<String, Long> asMap() {
    var counts = new LinkedHashMap<String, Long>();
    counts.put("read", read);
    counts.put("unchanged", unchanged);
    counts.put("new", fresh);
    counts.put("changed", changed);
    counts.put("tried again", again);
    counts.put("in doubt", doubtful);
    counts.put("sent all the same", resent);
    counts.put("to delete", deletes);
    counts.put("held back", heldBack);
    counts.put("changed but left alone", leftAlone);
    counts.put("not to be sent", refused);
    counts.put("superseded by another of their key", superseded);
    counts.put("gone from the source", gone);
    counts.put("not deleted, because keys could not be read", withheld);
    counts.values().removeIf(count -> count == 0);
    return counts;
  }

  /// `1,000,000 records read: 990,000 unchanged, 10,000 changed`.
  public String inWords() {
    String parts =
        asMap().entrySet().stream()
            .filter(count -> !count.getKey().equals("read"))
            .map(count -> String.format(Locale.ROOT, "%,d %s", count.getValue(), count.getKey()))
            .collect(Collectors.joining(", "));
    return String.format(Locale.ROOT, "%,d %s read", read, read == 1 ? "record" : "records")
        + (parts.isEmpty() ? "" : ": " + parts)
        + ".";
  }
}
