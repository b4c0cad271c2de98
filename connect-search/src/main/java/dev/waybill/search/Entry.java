package dev.waybill.search;

import dev.waybill.Verdict;

/// What is made of an item ahead of its call; travels with it as [dev.waybill.Item#prepared()].
sealed interface Entry {

  /// Who made it, and alone can use it.
  EntryMaker by();

  /// Bytes that it takes of a request.
  long bytes();

  /// What names the document, for order; empty if nothing does.
  String name();

  /// A document that can be sent.
  ///
  /// @param index where it goes
  /// @param id by which it is known; empty if the index gives it one
  /// @param routing what chooses its shard; empty if its id does
  /// @param lines its lines in the request, each with its line feed
  @SuppressWarnings("ArrayRecordComponent") // never compared, and not changed
  record Ready(EntryMaker by, String index, String id, String routing, byte[] lines)
      implements Entry {

    @Override
    public long bytes() {
      return lines.length;
    }

    @Override
    public String name() {
      return id.isEmpty() ? "" : index + "/" + id;
    }
  }

  /// A record that can not be sent.
  record Unfit(EntryMaker by, Verdict.Rejected verdict) implements Entry {

    /// 1: it is in no request, and nothing weighs nothing.
    @Override
    public long bytes() {
      return 1;
    }

    @Override
    public String name() {
      return "";
    }
  }
}
