package dev.waybill.http.preset;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waybill.testkit.ScriptedServer.Act;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What goes over the line in one situation, and what is made of it. A file has several:
///
/// ```
/// ### one record is refused
/// to hubspot:contacts
/// key email
/// option mode=upsert
/// record {"email":"ann@example.com"}
/// > POST /crm/v3/objects/contacts/batch/upsert     the request: first line, headers, body
/// < 207                                            the answer: status, headers, body
/// = record 1: delivered                            what is made of it
/// ```
///
/// Settings that stand before the first title hold for all. `deleting` takes records away.
/// `@SERVER@` is where the server is, `@KEY@` a private key. A body that ends in … goes on.
final class Transcript {

  final String title;
  String to = "";
  List<String> key = List.of();
  boolean deleting;
  final Map<String, String> options = new LinkedHashMap<>();
  final List<String> records = new ArrayList<>();
  final List<Message> requests = new ArrayList<>();
  final List<Message> answers = new ArrayList<>();
  String outcome = "";

  private Transcript(String title) {
    this.title = title;
  }

  /// A request or an answer.
  record Message(String first, List<String> headers, String body) {

    private static Message of(List<String> lines) {
      int end = lines.indexOf("");
      List<String> head = end < 0 ? lines : lines.subList(0, end);
      String body = end < 0 ? "" : String.join("\n", lines.subList(end + 1, lines.size()));
      return new Message(head.getFirst(), List.copyOf(head.subList(1, head.size())), body);
    }

    /// @param place where the server is, for an answer that names an address: `@SERVER@`
    Act act(String place) {
      return Act.answer(
          Integer.parseInt(first), body.replace("@SERVER@", place), headers.toArray(String[]::new));
    }
  }

  static List<Transcript> read(String file) {
    String text;
    try (InputStream in = Transcript.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("there is no transcript " + file);
      }
      text = new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String[] parts = text.split("(?m)^### ", -1);
    var all = new ArrayList<Transcript>();
    for (String part : List.of(parts).subList(1, parts.length)) {
      var transcript = new Transcript(part.lines().findFirst().orElseThrow());
      parts[0].lines().forEach(transcript::setting);
      transcript.fill(part.lines().skip(1).toList());
      all.add(transcript);
    }
    return all;
  }

  private void setting(String line) {
    if (line.isBlank() || line.startsWith("#")) {
      return;
    }
    String[] words = line.split(" ", 2);
    switch (words[0]) {
      case "to" -> to = words[1];
      case "key" -> key = Arrays.asList(words[1].split(",", -1));
      case "record" -> records.add(words[1]);
      case "deleting" -> deleting = true;
      case "option" -> {
        String[] pair = words[1].split("=", 2);
        options.put(pair[0], pair[1]);
      }
      default -> throw new IllegalStateException("no setting: " + line);
    }
  }

  private void fill(List<String> lines) {
    var outcomes = new ArrayList<String>();
    for (int i = 0; i < lines.size(); ) {
      char mark = lines.get(i).isEmpty() ? ' ' : lines.get(i).charAt(0);
      if (mark != '>' && mark != '<' && mark != '=') {
        setting(lines.get(i++));
        continue;
      }
      var block = new ArrayList<String>();
      while (i < lines.size() && !lines.get(i).isEmpty() && lines.get(i).charAt(0) == mark) {
        String line = lines.get(i++).substring(1);
        block.add(line.startsWith(" ") ? line.substring(1) : line);
      }
      switch (mark) {
        case '>' -> requests.add(Message.of(block));
        case '<' -> answers.add(Message.of(block));
        default -> outcomes.addAll(block);
      }
    }
    outcome = String.join("\n", outcomes);
  }

  @Override
  public String toString() {
    return title;
  }
}
