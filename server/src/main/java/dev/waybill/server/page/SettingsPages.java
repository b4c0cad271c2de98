package dev.waybill.server.page;

import io.helidon.webserver.http.HttpRules;

/// Tokens, secrets and the audit log.
final class SettingsPages {

  SettingsPages(Desk desk) {}

  void routes(HttpRules rules) {}
}
