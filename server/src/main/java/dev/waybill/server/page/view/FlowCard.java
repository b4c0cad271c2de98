package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A flow as it stands in the list of flows, and at the head of its own page.
///
/// @param enabled whether it may run at all
/// @param source what it reads, in short
/// @param destination where it delivers, in short, without passwords
/// @param schedule in words; null if it runs by hand only
/// @param due when it runs next; null if it does not by itself
/// @param strip its last runs, the oldest first
/// @param underWay the run that is not over; null if there is none
/// @param last how the last run stands, in words; null if there was none
public record FlowCard(
    String id,
    String name,
    @Nullable String description,
    boolean enabled,
    String source,
    String destination,
    @Nullable String schedule,
    @Nullable Moment due,
    List<RunChip> strip,
    @Nullable String underWay,
    @Nullable RunLine last,
    @Nullable String folderFile) {

  /// `active` or `paused`.
  public String state() {
    return enabled ? "active" : "paused";
  }
}
