package dev.waybill.server.page;

import io.helidon.webserver.http.HttpRules;

/// Makes and changes flows.
final class EditorPages {

  EditorPages(Desk desk) {}

  void routes(HttpRules rules) {}
}
