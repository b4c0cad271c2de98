package dev.waybill.server.http;

import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;

/// A part of the server's addresses with routes of its own and its own form of errors.
///
/// Of several areas the one with the longest matching path has a request. Handlers run on virtual
/// threads and may block. What they throw is told by [#refuse]: an [HttpProblem] as it is, a
/// [dev.waybill.UserException] as 400, a [dev.waybill.server.catalog.StaleException] as 412, all
/// else as 500 without a word of what it was, and with its trace in the log.
public interface Area {

  /// Where it begins: `/` or `/data/foundation/flowservice`.
  String path();

  /// Adds its routes; their paths are relative to its own.
  void routes(HttpRules rules);

  /// Answers that a request can not be served. Status and headers are set already; what is left to
  /// do is to set the content type and to send a body.
  void refuse(HttpProblem problem, ServerRequest request, ServerResponse response);
}
