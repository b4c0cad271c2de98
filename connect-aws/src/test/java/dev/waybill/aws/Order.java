package dev.waybill.aws;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What the tests submit: an object of a program's own.
record Order(String id, String customer, int amount) {

  static Order of(int number) {
    return new Order("order-" + number, "customer-" + number % 7, number);
  }

  byte[] json() {
    return text().getBytes(UTF_8);
  }

  String text() {
    return "{\"id\":\"%s\",\"customer\":\"%s\",\"amount\":%d}".formatted(id, customer, amount);
  }
}
