package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What stands around each page.
///
/// @param title the page's name, for the browser's window
/// @param section which of the page's parts it belongs to
/// @param visitor who is signed in; null for nobody
/// @param theme `light`, `dark`, or empty to follow the system
/// @param here the page's own address, to come back to
/// @param notice one sentence on what was just done; null for none
public record Shell(
    String title,
    Section section,
    @Nullable Visitor visitor,
    String theme,
    String here,
    @Nullable Notice notice) {

  /// The page's parts.
  public enum Section {
    FLOWS,
    RUNS,
    SETTINGS,
    NONE
  }

  /// Who is signed in.
  ///
  /// @param csrf what every form has to carry
  /// @param operates whether they may run, trigger and cancel
  /// @param administers whether they may change flows
  public record Visitor(
      String name,
      String role,
      String organisation,
      String sandbox,
      List<String> sandboxes,
      String csrf,
      boolean operates,
      boolean administers) {}

  /// What was just done, or why it was not.
  public record Notice(Tone tone, String sentence) {}

  /// How a notice is meant.
  public enum Tone {
    DONE,
    REFUSED;

    public String style() {
      return this == DONE ? "notice-done" : "notice-refused";
    }

    public String sign() {
      return this == DONE ? "check" : "partly";
    }
  }

  /// What every form has to carry; empty where nobody is signed in.
  public String csrf() {
    return visitor == null ? "" : visitor.csrf();
  }

  /// Whether the visitor may run, trigger and cancel.
  public boolean operates() {
    return visitor != null && visitor.operates();
  }

  /// Whether the visitor may change flows.
  public boolean administers() {
    return visitor != null && visitor.administers();
  }
}
