package dev.waybill.aws.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

/// An object of a program's own.
public record Order(String id, String customer, double amount) {

  public String json() {
    return "{\"id\":\"%s\",\"customer\":\"%s\",\"amount\":%s}".formatted(id, customer, amount);
  }

  public byte[] jsonBytes() {
    return json().getBytes(UTF_8);
  }
}
