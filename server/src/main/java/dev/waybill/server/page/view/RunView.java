package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run's own page.
///
/// @param flow its flow's name
/// @param rate records delivered in a second, in words; empty if not known
/// @param live null if it is none, or another process runs it
/// @param retry whether, or why not, what did not arrive can be sent again
public record RunView(
    RunLine line,
    String flow,
    boolean flowEnabled,
    @Nullable Moment started,
    @Nullable Moment completed,
    String rate,
    String calls,
    String bytes,
    Dispositions dispositions,
    @Nullable Chart chart,
    boolean diagnostics,
    List<ReasonRow> reasons,
    List<Step> lineage,
    Listing<CallRow> lastCalls,
    @Nullable Split split,
    List<FileLink> files,
    Retry retry,
    boolean cancels,
    @Nullable Live live) {

  /// Whether something may still happen.
  public boolean isUnderWay() {
    return line.outcome().isUnderWay();
  }

  /// How a run of a live flow stands towards its source, in words.
  public record Live(String lag, String held, String oldest) {}

  /// A run of a chain of retries.
  ///
  /// @param depth how many runs it is a retry of
  /// @param isThis whether it is the one that the page is about
  public record Step(
      String id,
      String shortId,
      Outcome outcome,
      String told,
      Moment when,
      int depth,
      boolean isThis) {}

  /// A file that the run left.
  public record FileLink(String kind, String name, String meaning, String size) {}

  /// Whether what did not arrive can be sent again.
  ///
  /// @param sentence what it would do, or why not
  public record Retry(boolean possible, String sentence) {}

  /// A refused batch, taken apart.
  ///
  /// @param call the number of the call that was refused
  public record Split(long call, SplitTree tree) {}
}
