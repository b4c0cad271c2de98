package dev.waybill.server.page.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Tokens, secrets and the audit log of an organisation.
///
/// @param issued a token that was just made, to be shown this one time; null for none
/// @param problem why a form was not taken; null if none was refused
public record SettingsView(
    List<TokenRow> tokens,
    List<SecretRow> secrets,
    Listing<AuditRow> audit,
    @Nullable String issued,
    @Nullable String problem) {

  /// A token.
  public record TokenRow(
      String id,
      String name,
      String role,
      String sandboxes,
      String state,
      boolean good,
      Moment created,
      String createdBy,
      @Nullable Moment used) {}

  /// A secret: everything but what it is.
  public record SecretRow(String name, Moment changed, String changedBy) {}

  /// Something that somebody did.
  public record AuditRow(
      Moment at,
      String by,
      String sandbox,
      String client,
      String address,
      String action,
      String target,
      String outcome,
      boolean done) {}
}
