package dev.waybill.http;

/// One header of a request or an answer. Names are compared without regard to case.
public record Header(String name, String value) {}
