package dev.waybill.http;

import dev.waybill.Fields;
import dev.waybill.http.RecordForm.Slot;
import dev.waybill.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON value into which a record is put. In its texts, `{name}` stands for the value of a field,
/// `{key}` for the record's key, `{#}` for its position in the call as text, and `{*}` for all
/// fields that the template does not name: an object, the elements of an array, or, as the name of
/// a member, members. A text that is one placeholder and nothing else becomes the value itself, be
/// it a number, a list or null.
sealed interface Template {

  /// The value for a record.
  @Nullable Object fill(Slot slot);

  /// Adds the fields that it names.
  default void name(Set<String> names) {}

  /// How often the position stands in it.
  default int positions() {
    return 0;
  }

  /// Whether fields stand in an array, so that their order must be known.
  default boolean hasRows() {
    return false;
  }

  /// Reads a template from a JSON value.
  static Template of(@Nullable Object value) {
    return switch (value) {
      case String text -> Text.of(text);
      case Fields fields -> {
        var members = new ArrayList<Member>();
        for (int i = 0; i < fields.size(); i++) {
          members.add(new Member(fields.names().name(i), of(fields.value(i))));
        }
        yield new Members(members);
      }
      case List<?> list -> new Elements(list.stream().map(Template::of).toList());
      case null -> new Constant(null);
      default -> new Constant(value);
    };
  }

  /// A value that is the same for each record.
  record Constant(@Nullable Object value) implements Template {
    @Override
    public @Nullable Object fill(Slot slot) {
      return value;
    }
  }

  /// The value of a field, or of one inside others: `address.city`.
  record Field(String field) implements Template {
    @Override
    public @Nullable Object fill(Slot slot) {
      Fields fields = slot.item().payload();
      return fields.names().contains(field) || !field.contains(".")
          ? fields.get(field)
          : Pointer.parse(field).find(fields);
    }

    @Override
    public void name(Set<String> names) {
      names.add(field);
    }
  }

  /// The record's key.
  record Key() implements Template {
    @Override
    public @Nullable Object fill(Slot slot) {
      return slot.key();
    }
  }

  /// The record's position in the call.
  record Position() implements Template {
    @Override
    public Object fill(Slot slot) {
      return Integer.toString(slot.position());
    }

    @Override
    public int positions() {
      return 1;
    }
  }

  /// All fields that are not named.
  record Rest() implements Template {
    @Override
    public Object fill(Slot slot) {
      return slot.rest();
    }
  }

  /// A text with placeholders in it, each of which becomes text.
  record Text(List<Template> parts) implements Template {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    private static Template of(String text) {
      Matcher match = PLACEHOLDER.matcher(text);
      if (match.matches()) {
        return placeholder(match.group(1));
      }
      var parts = new ArrayList<Template>();
      int end = 0;
      match.reset();
      while (match.find()) {
        parts.add(new Constant(text.substring(end, match.start())));
        parts.add(placeholder(match.group(1)));
        end = match.end();
      }
      parts.add(new Constant(text.substring(end)));
      return parts.size() == 1 ? parts.getFirst() : new Text(parts);
    }

    private static Template placeholder(String name) {
      return switch (name) {
        case "*" -> new Rest();
        case "#" -> new Position();
        case "key" -> new Key();
        default -> new Field(name);
      };
    }

    @Override
    public Object fill(Slot slot) {
      var text = new StringBuilder();
      for (Template part : parts) {
        switch (part.fill(slot)) {
          case null -> {}
          case Fields fields -> text.append(Json.text(fields));
          case Map<?, ?> map -> text.append(Json.text(map));
          case List<?> list -> text.append(Json.text(list));
          case Object value -> text.append(value);
        }
      }
      return text.toString();
    }

    @Override
    public void name(Set<String> names) {
      parts.forEach(part -> part.name(names));
    }

    @Override
    public int positions() {
      return parts.stream().mapToInt(Template::positions).sum();
    }
  }

  /// An array.
  record Elements(List<Template> parts) implements Template {
    @Override
    public Object fill(Slot slot) {
      var elements = new ArrayList<@Nullable Object>();
      for (Template part : parts) {
        if (part instanceof Rest) {
          elements.addAll(slot.row());
        } else {
          elements.add(part.fill(slot));
        }
      }
      return elements;
    }

    @Override
    public void name(Set<String> names) {
      parts.forEach(part -> part.name(names));
    }

    @Override
    public int positions() {
      return parts.stream().mapToInt(Template::positions).sum();
    }

    @Override
    public boolean hasRows() {
      return parts.stream().anyMatch(part -> part instanceof Rest || part.hasRows());
    }
  }

  /// A member of an object.
  record Member(String name, Template value) {}

  /// An object.
  record Members(List<Member> members) implements Template {

    private static final String REST = "{*}";

    @Override
    public Object fill(Slot slot) {
      var object = new LinkedHashMap<String, @Nullable Object>();
      for (Member member : members) {
        if (member.name().equals(REST)) {
          object.putAll(slot.rest());
        } else {
          object.put(member.name(), member.value().fill(slot));
        }
      }
      return object;
    }

    @Override
    public void name(Set<String> names) {
      members.forEach(member -> member.value().name(names));
    }

    @Override
    public int positions() {
      return members.stream().mapToInt(member -> member.value().positions()).sum();
    }

    @Override
    public boolean hasRows() {
      return members.stream().anyMatch(member -> member.value().hasRows());
    }
  }
}
