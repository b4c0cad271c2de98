package dev.waybill.server.page.view;

/// A page that says what went wrong.
///
/// @param status of HTTP
public record ProblemView(int status, String heading, String sentence) {}
