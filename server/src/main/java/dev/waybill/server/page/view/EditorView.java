package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The form in which a flow is made or changed.
///
/// @param id the flow's; null for a new one
/// @param version the one that is changed; 0 for a new one
/// @param trouble what is wrong; null if nothing is known to be
/// @param check what a check found; null if there was none
public record EditorView(
    @Nullable String id,
    long version,
    Draft draft,
    List<Kind> formats,
    List<Kind> destinations,
    String destinationHelp,
    List<Field> sourceOptions,
    List<Field> destinationOptions,
    List<Field> policy,
    List<Field> sync,
    List<Field> live,
    @Nullable Trouble trouble,
    @Nullable Check check) {

  /// A kind of source or destination.
  public record Kind(String name, String summary) {}

  /// A field for one setting.
  ///
  /// @param name in the form
  /// @param usual what holds if nothing is said; empty if there is no such thing
  /// @param secret whether its value is never shown
  public record Field(
      String name, String label, String value, String usual, String help, boolean secret) {

    /// Its id in the page.
    public String id() {
      return "f-" + name.replace('.', '-');
    }

    /// Whether somebody gave a value.
    public boolean isGiven() {
      return !value.isEmpty();
    }
  }

  /// Something that is wrong.
  ///
  /// @param field the one where it is; empty if that is not known
  /// @param sentence what is wrong
  public record Trouble(String field, String sentence) {}

  /// What a check found.
  public record Check(List<String> notes, List<String> columns, String call) {}

  /// Whether what is wrong is in this field.
  public boolean isWrong(String field) {
    return trouble != null && trouble.field().equals(field);
  }

  /// What is wrong in this field; empty if nothing is.
  public String wrong(String field) {
    return trouble != null && trouble.field().equals(field) ? trouble.sentence() : "";
  }

  /// Where the form is sent: `/flows/new/save`, `/flows/ID/edit/check`.
  public String action(String verb) {
    return (id == null ? "/flows/new" : "/flows/" + id + "/edit") + "/" + verb;
  }
}
