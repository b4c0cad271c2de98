package dev.waybill.server.rest;

import dev.waybill.server.http.HttpProblem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A problem that the API which we equal has a code for. Codes and titles are those of its list
/// "Flow Service error messages", and for headers those of its gateway ("request header errors").
final class ApiProblem extends HttpProblem {

  private static final long serialVersionUID = 1;

  private final String code;
  private final @Nullable String gatewayCode;
  private final transient Map<String, String> report;

  private ApiProblem(
      int status,
      String code,
      @Nullable String gatewayCode,
      String title,
      String detail,
      Map<String, String> report) {
    super(status, title, detail);
    this.code = code;
    this.gatewayCode = gatewayCode;
    this.report = report;
  }

  private static ApiProblem of(int status, int number, String title, String detail) {
    return new ApiProblem(status, number + "-" + status, null, title, detail, Map.of());
  }

  private static ApiProblem gateway(int status, String gatewayCode, String title, String detail) {
    return new ApiProblem(
        status, status == 401 ? "2115-401" : "2120-403", gatewayCode, title, detail, Map.of());
  }

  // Who calls

  static ApiProblem missingToken() {
    return gateway(
        403, "403010", "Oauth token is missing.", "Send the header 'Authorization: Bearer TOKEN'.");
  }

  static ApiProblem badToken() {
    return gateway(
        401,
        "401013",
        "Oauth token is not valid",
        "The token is unknown, withdrawn or over; make another one by 'waybill token create'.");
  }

  static ApiProblem missingApiKey() {
    return gateway(
        403,
        "403000",
        "Api Key is required",
        "Send the header 'x-api-key'; any name by which this client is to be known.");
  }

  static ApiProblem missingOrganisation() {
    return new ApiProblem(
        401,
        "2001-401",
        "400003",
        "Header is missing or empty",
        "The header x-gw-ims-org-id is either missing or empty. Please update the header value and"
            + " try again.",
        Map.of());
  }

  static ApiProblem otherOrganisation() {
    return gateway(
        403,
        "403025",
        "Profile is not valid",
        "The token does not have access to the organization in x-gw-ims-org-id, or there is no such"
            + " organization.");
  }

  static ApiProblem noSandbox(String name) {
    return of(
        404,
        2100,
        "Sandbox not found",
        "The sandbox with the name '"
            + name
            + "' could not be found. Please ensure that the sandbox name is correct and try"
            + " again.");
  }

  static ApiProblem otherSandbox(String name) {
    return of(
        403, 2120, "Forbidden", "The token does not have access to the sandbox '" + name + "'.");
  }

  static ApiProblem missingPermission(String permission) {
    return of(
        403,
        2118,
        "Missing permission",
        "The permission "
            + permission
            + " is missing. Please contact your administrator to resolve permissions and try"
            + " again.");
  }

  // Things

  static ApiProblem notFound(String type, String id) {
    var report = new LinkedHashMap<String, String>();
    report.put("id", id);
    report.put("type", type);
    return new ApiProblem(
        404,
        "1439-404",
        null,
        "Resource not found",
        "The requested "
            + type
            + " resource "
            + id
            + " is not found. Verify the resource ID before trying again.",
        report);
  }

  static ApiProblem versionMismatch(String given, String id) {
    return of(
        412,
        1404,
        "Version not matching",
        "The supplied version '"
            + given
            + "' does not match the current version on entity '"
            + id
            + "'. Please ensure that the supplied version matches the current version on entity and"
            + " try again.");
  }

  static ApiProblem missingIfMatch() {
    return of(
        400,
        1403,
        "Header is missing",
        "The header 'If-Match' is missing in the request. Please provide the header and try"
            + " again.");
  }

  // Requests

  static ApiProblem invalid(String detail) {
    return of(400, 1100, "Invalid request", detail);
  }

  static ApiProblem emptyBody() {
    return of(
        400,
        1405,
        "Invalid request",
        "The request body cannot be null or empty. Please provide a request body and try again.");
  }

  static ApiProblem stateGiven() {
    return of(400, 1410, "Invalid request", "`State` is not allowed in the create flow request.");
  }

  static ApiProblem invalidSpec(String id) {
    return of(
        400,
        1413,
        "Invalid request",
        "The spec ID provided is invalid ('"
            + id
            + "'). GET /connectionSpecs and /flowSpecs list those that there are.");
  }

  static ApiProblem specChange() {
    return of(
        400, 1414, "Invalid request", "The connection spec of a connection cannot be updated.");
  }

  static ApiProblem connectionInUse(String id) {
    return of(
        400,
        1418,
        "Invalid request",
        "The base connection with the ID "
            + id
            + " cannot be deleted because the base connection is being used in one or more flows."
            + " Please ensure that corresponding flows are deleted before deleting a base"
            + " connection.");
  }

  static ApiProblem noFlowToRun(String id) {
    return of(400, 1430, "Invalid request", "Flow not found with id " + id + ".");
  }

  static ApiProblem missingFlowId() {
    return of(
        400,
        1446,
        "Invalid request",
        "The flow ID cannot be null or empty. Please update the flow ID and try again.");
  }

  static ApiProblem badOrder(String field) {
    return of(
        400,
        1433,
        "Invalid request",
        "Incorrect field= " + field + " passed in orderBy, example are +name, -name, name.");
  }

  static ApiProblem badPatchOperation(String op) {
    return of(
        400,
        1434,
        "Invalid request",
        "Unsupported operation '"
            + op
            + "' received. Please use one of the supported operation types and try again.");
  }

  static ApiProblem badAction(String op, String known) {
    return of(
        400,
        1435,
        "Invalid request",
        "Unsupported action '" + op + "' received; 'op' takes one of " + known + ".");
  }

  static ApiProblem badOperator(String operator) {
    return of(400, 1450, "Invalid request", "Invalid operator " + operator + " in filter params.");
  }

  static ApiProblem badParameter(String name) {
    return of(
        400, 1451, "Invalid request", "Invalid params " + name + " provided in query params.");
  }

  static ApiProblem badValue(String value, String field, String rule) {
    return of(
        400,
        1452,
        "Invalid request",
        "Invalid value " + value + " for field " + field + ": it takes " + rule + ".");
  }

  static ApiProblem patchFailed(String why) {
    return of(
        400,
        1455,
        "Invalid request",
        "An error has occurred while validating patch instructions: " + why);
  }

  // As it is sent

  /// The body of an answer in the API's shape.
  static JsonObject body(HttpProblem problem, String requestId) {
    var report = JsonObject.empty().put("detailed-message", problem.detail());
    var body =
        JsonObject.empty()
            .put("type", type(problem))
            .put("title", problem.title())
            .put("status", (long) problem.status());
    if (problem instanceof ApiProblem api) {
      api.report.forEach(report::put);
      if (api.gatewayCode != null) {
        body.put("error_code", api.gatewayCode).put("message", problem.title());
      }
    }
    return body.put("report", report.put("request-id", requestId))
        .put("errorMessage", problem.detail())
        .put("errorDetails", problem.detail());
  }

  private static String type(HttpProblem problem) {
    String code =
        problem instanceof ApiProblem api
            ? api.code
            : switch (problem.status()) {
              case 400 -> "1100-400";
              case 404 -> "1101-404";
              case 412 -> "1404-412";
              case 500 -> "1102-500";
              case 503 -> "1103-503";
              default -> null;
            };
    // RFC 9457, section 4.2.1: no more is to be known than the status says.
    return code == null ? "about:blank" : "https://ns.adobe.com/aep/errors/FLOW-" + code;
  }
}
