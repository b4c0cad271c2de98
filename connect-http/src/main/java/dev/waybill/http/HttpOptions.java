package dev.waybill.http;

import dev.waybill.spi.Option;
import java.util.List;
import java.util.stream.Stream;

/// The options of the HTTP destination, as its page of docs and `waybill help` list them.
final class HttpOptions {

  private HttpOptions() {}

  static List<Option> all() {
    return Stream.of(
            request(),
            authentication(),
            answer(),
            StatusTable.options(),
            ConnectionSettings.OPTIONS)
        .flatMap(List::stream)
        .toList();
  }

  private static List<Option> request() {
    return List.of(
        Option.secret(
            "address", "The whole address, where it is a secret: --to https: and nothing more."),
        Option.of("method", "POST", "Method of the request."),
        Option.of("headers", null, "Further headers, 'Name: value', separated by | or line ends."),
        Option.of("body", "array", "Form of the body: array, object, lines, form or single."),
        Option.of("wrap", "records", "With body=object, the member that holds the records."),
        Option.of("members", null, "With body=object, further members: a JSON object."),
        Option.of("form-field", "records", "With body=form, the field that holds the records."),
        Option.of("form-fields", null, "With body=form, further fields, encoded: a=1&b=2."),
        Option.of("record", null, "Form of each record: JSON with {field}, {key}, {#} and {*}."),
        Option.of("columns", null, "With {*} in an array, the order of the values: a,b,c."),
        Option.of("content-type", null, "Content-Type, if not that of the body's form."),
        Option.of("gzip", "false", "Compress the body."),
        Option.of("max-items", null, "Most records in a call."),
        Option.of(
            "max-bytes", null, "Most bytes in a body, before compression; no limit by default."),
        Option.of("calls-per-second", "0", "Pace of the calls; 0 for no limit."),
        Option.of(
            "idempotent", null, "Whether sending a record twice changes nothing (an upsert)."),
        Option.of("idempotency-key-header", null, "Header for the key that repeated calls share."),
        Option.of("single-url", null, "Address that takes one record, {field} for its values."),
        Option.of("single-method", "POST", "Method for single-url."),
        Option.of("update-url", null, "With body=single, the address for a record that exists."),
        Option.of("update-method", "PUT", "Method for update-url."),
        Option.of("exists-statuses", "409", "Statuses that mean: the record exists."),
        Option.of("exists-id", "/id", "Where such an answer tells its id, {found} in update-url."),
        Option.of("exists-id-pattern", null, "The part of the text there: a regular expression."),
        Option.of("find-url", null, "Address to look for a record, {key} for its key."),
        Option.of(
            "delete-url",
            null,
            "Address that takes records away, {key} for a record's key, {found} for the id that"
                + " find-url tells; for keyed flows that mirror."),
        Option.of("delete-method", "DELETE", "Method for delete-url."));
  }

  private static List<Option> authentication() {
    return List.of(
        Option.of("auth", "none", "Who is calling: none, basic, bearer, header or oauth2."),
        Option.of("user", null, "With auth=basic, the user."),
        Option.secret("password", "With auth=basic, the password."),
        Option.secret("token", "With auth=bearer, the token."),
        Option.of("auth-header", "X-API-Key", "With auth=header, the header's name."),
        Option.secret("auth-value", "With auth=header, the header's value."),
        Option.of("token-url", null, "With auth=oauth2, where tokens are given."),
        Option.of("client-id", null, "With auth=oauth2, the client's id."),
        Option.secret("client-secret", "With auth=oauth2, the client's secret."),
        Option.of("client-secret-in", "basic", "Where id and secret stand: basic or form."),
        Option.secret("refresh-token", "With auth=oauth2, the user's refresh token."),
        Option.secret("jwt-key", "With auth=oauth2, the RSA key that signs who asks."),
        Option.of("jwt-claims", null, "With jwt-key, what is signed: a JSON object."),
        Option.of("scope", null, "With auth=oauth2, the scope to ask for."),
        Option.of("token-fields", null, "Further fields of the request for a token: a=1&b=2."));
  }

  private static List<Option> answer() {
    return List.of(
        Option.of("answer-success-when", null, "What must hold in an answer for it to be one."),
        Option.of("error-code", null, "Where an error of the whole call tells its code."),
        Option.of("error-message", null, "Where an error of the whole call tells its message."),
        Option.of("suspects", null, "Where an error tells positions of records at fault."),
        Option.of("first-index", "0", "The position of the first record, for the API: 0 or 1."),
        Option.of("job-url", null, "Where an answer tells the address of a job that was begun."),
        Option.of("job-done-when", null, "What holds in the answer there once it has ended."),
        Option.of("job-every", "2s", "How long to wait before each question."),
        Option.of("job-patience", "10m", "How long to wait for the end of a job in all."),
        Option.of("results", null, "Where the results of the records stand; '/' for the root."),
        Option.of("match", "position", "How results find records: position, index or key."),
        Option.of("result-key", null, "In a result, the key (/id) or index (/index) to match by."),
        Option.of("record-key", null, "In a record, the key to match by; default: the flow's key."),
        Option.of("missing-results", "in-doubt", "Records without a result: in-doubt, accepted."),
        Option.of("success-when", "!/error,!/errors", "What marks a result as a success."),
        Option.of("id", "/id", "Where a result tells the id that the record was given."),
        Option.of("code", null, "Where a result tells the code of an error."),
        Option.of("message", null, "Where a result tells what was wrong."),
        Option.of("item-deferred-codes", "429,503", "Codes of results that mean: send it again."),
        Option.of("item-permanent-codes", null, "Codes of results that no retry can help."),
        Option.of("item-unknown-codes", null, "Codes of results that may have been applied."),
        Option.of("duplicate-codes", null, "Codes of results that mean: is there already."));
  }
}
