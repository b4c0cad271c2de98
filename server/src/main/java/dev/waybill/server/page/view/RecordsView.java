package dev.waybill.server.page.view;

import java.util.List;

/// The records of a run that were not delivered.
///
/// @param disposition which ones are asked for; empty for all
/// @param code of their reason; empty for all
/// @param text that their reason contains; empty for all
public record RecordsView(
    RunLine run,
    String flow,
    String disposition,
    String code,
    String text,
    List<Dispositions.Part> parts,
    Listing<RecordRow> records) {

  /// Whether any filter is set.
  public boolean isFiltered() {
    return !disposition.isEmpty() || !code.isEmpty() || !text.isEmpty();
  }
}
