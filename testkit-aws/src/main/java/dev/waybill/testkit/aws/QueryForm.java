package dev.waybill.testkit.aws;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The query protocol's two halves: the form of a request as a structure, and a structure as the
/// XML of an answer.
final class QueryForm {

  private QueryForm() {}

  /// `Entries.member.1.Id=a` becomes a list `Entries` with a structure in it. Maps come as lists of
  /// `entry` with their keys and values.
  static Struct decode(Map<String, String> parameters) {
    var root = new Branch();
    parameters.forEach(
        (name, value) -> {
          Branch branch = root;
          for (String step : name.split("\\.", -1)) {
            if (!step.equals("member") && !step.equals("entry")) {
              branch = branch.children.computeIfAbsent(step, s -> new Branch());
            }
          }
          branch.text = value;
        });
    return root.struct();
  }

  private static final class Branch {
    private final Map<String, Branch> children = new LinkedHashMap<>();
    private String text = "";

    private Struct struct() {
      var struct = Struct.empty();
      children.forEach((name, child) -> struct.with(name, child.value()));
      return struct;
    }

    private Object value() {
      if (children.isEmpty()) {
        return text;
      }
      if (children.keySet().stream().allMatch(name -> name.matches("[0-9]+"))) {
        var elements = new TreeMap<Integer, Object>();
        children.forEach((name, child) -> elements.put(Integer.valueOf(name), child.value()));
        return List.copyOf(elements.values());
      }
      return struct();
    }
  }

  /// An answer.
  static String response(String operation, Struct result, String namespace) {
    var xml = new StringBuilder(256);
    xml.append('<').append(operation).append("Response xmlns=\"").append(namespace).append("\"><");
    xml.append(operation).append("Result>");
    members(result, xml);
    xml.append("</").append(operation).append("Result><ResponseMetadata><RequestId>");
    xml.append("fake").append("</RequestId></ResponseMetadata></");
    return xml.append(operation).append("Response>").toString();
  }

  static String error(Refusal refusal, String namespace) {
    var xml = new StringBuilder(256);
    xml.append("<ErrorResponse xmlns=\"").append(namespace).append("\"><Error>");
    members(
        Struct.of("Type", refusal.status() < 500 ? "Sender" : "Receiver")
            .with("Code", refusal.code())
            .with("Message", refusal.message()),
        xml);
    return xml.append("</Error><RequestId>fake</RequestId></ErrorResponse>").toString();
  }

  private static void members(Struct struct, StringBuilder xml) {
    struct
        .members()
        .forEach(
            (name, value) -> {
              xml.append('<').append(name).append('>');
              value(value, xml);
              xml.append("</").append(name).append('>');
            });
  }

  private static void value(Object value, StringBuilder xml) {
    switch (value) {
      case Struct struct -> members(struct, xml);
      case List<?> list -> {
        for (Object element : list) {
          xml.append("<member>");
          value(element, xml);
          xml.append("</member>");
        }
      }
      default ->
          xml.append(
              value.toString().replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    }
  }
}
