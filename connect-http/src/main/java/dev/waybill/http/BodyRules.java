package dev.waybill.http;

import dev.waybill.FieldNames;
import dev.waybill.Fields;
import dev.waybill.UserException;
import dev.waybill.json.Json;
import dev.waybill.spi.Options;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// What the user's options say of the body of a request.
final class BodyRules {

  private final Options options;
  private final FieldNames known;

  /// @param known the fields that every record has; empty if records differ
  BodyRules(Options options, FieldNames known) {
    this.options = options;
    this.known = known;
  }

  /// What the word `body` may choose.
  enum Form {
    ARRAY,
    OBJECT,
    LINES,
    FORM,
    SINGLE
  }

  Body body() {
    return switch (options.choice("body", Form.class)) {
      case ARRAY -> new Body.Array(record());
      case OBJECT -> new Body.Wrapped(record(), options.required("wrap"), members());
      case LINES -> new Body.Lines(record());
      case FORM -> {
        String fields = options.text("form-fields");
        yield new Body.Form(record(), options.required("form-field"), fields == null ? "" : fields);
      }
      case SINGLE -> single();
    };
  }

  /// One record and nothing around it.
  Body.Single single() {
    return new Body.Single(record());
  }

  private RecordForm record() {
    String text = options.text("record");
    if (text == null) {
      return RecordForm.PLAIN;
    }
    Template template;
    try {
      template = Template.of(Json.read(text));
    } catch (JacksonException e) {
      throw options.bad("record", "takes JSON (" + Text.cut(e.getOriginalMessage()) + ")");
    }
    List<String> columns = options.list("columns");
    if (columns.isEmpty()) {
      columns = known.asList();
    }
    if (template.hasRows() && columns.isEmpty()) {
      throw new UserException(
          "the records may differ in their fields, so that the order of values in a row is not known:"
              + " give --option columns=NAME,NAME");
    }
    var form = RecordForm.of(template, columns, options.integer("first-index", 0, 1));
    check(form);
    return form;
  }

  /// A field that no record has is a slip.
  private void check(RecordForm form) {
    for (String name : form.named()) {
      String first = name.replaceFirst("\\..*", "");
      if (known.size() > 0 && !known.contains(name) && !known.contains(first)) {
        throw new UserException(
            "the form of a record names the field '"
                + name
                + "', which the records do not have; they have "
                + String.join(", ", known.asList()));
      }
    }
  }

  private Map<String, @Nullable Object> members() {
    var members = new LinkedHashMap<String, @Nullable Object>();
    String text = options.text("members");
    if (text != null) {
      Object value = null;
      try {
        value = Json.read(text);
      } catch (JacksonException e) {
        // told below
      }
      if (!(value instanceof Fields fields) || fields.names().contains(options.required("wrap"))) {
        throw options.bad("members", "takes a JSON object without the member that wrap names");
      }
      for (int i = 0; i < fields.size(); i++) {
        members.put(fields.names().name(i), fields.value(i));
      }
    }
    return members;
  }
}
