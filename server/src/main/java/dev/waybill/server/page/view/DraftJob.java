package dev.waybill.server.page.view;

import dev.waybill.UserException;
import dev.waybill.flow.job.Job;
import dev.waybill.flow.job.JobKey;
import dev.waybill.flow.launch.Connectors;
import dev.waybill.server.work.Admission;
import dev.waybill.spi.Option;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The job that a draft means, and where in the draft a complaint about it belongs.
public final class DraftJob {

  /// How the job is called in complaints; never shown.
  private static final String NAME = "job";

  private static final Pattern PLACE =
      Pattern.compile("job, line (\\d+)(?:: | (is no YAML): )(.*)", Pattern.DOTALL);

  private static final Pattern SETTING =
      Pattern.compile("(policy|sync|live|source|destination)\\.([a-z-]+) .*", Pattern.DOTALL);

  private final Draft draft;
  private final Connectors connectors;
  private final String text;
  private final int mappingLine;
  private final int mappingLines;

  /// @param connectors those that there are
  public DraftJob(Draft draft, Connectors connectors) {
    this.draft = draft;
    this.connectors = connectors;
    if (draft.asText()) {
      text = draft.job();
      mappingLine = 0;
      mappingLines = 0;
    } else {
      String head = JobYaml.text(head());
      List<String> mapping = JobYaml.indented(draft.mapping());
      mappingLine = (int) head.lines().count() + 2;
      mappingLines = mapping.size();
      text =
          head
              + (draft.mapping().isBlank() ? "" : "mapping:\n" + String.join("\n", mapping) + "\n")
              + JobYaml.text(tail());
    }
  }

  private Map<String, @Nullable Object> head() {
    var source = new LinkedHashMap<String, @Nullable Object>();
    List<String> files =
        Arrays.stream(draft.field("files").split("\\R", -1))
            .map(String::strip)
            .filter(file -> !file.isEmpty())
            .toList();
    if (!files.isEmpty()) {
      source.put("files", files);
    }
    settings(source, JobKey.Section.SOURCE);
    options(source, "source.option.", sourceOptions());
    var destination = new LinkedHashMap<String, @Nullable Object>();
    settings(destination, JobKey.Section.DESTINATION);
    options(destination, "destination.option.", destinationOptions());
    var head = new LinkedHashMap<String, @Nullable Object>();
    if (!source.isEmpty()) {
      head.put("source", source);
    }
    if (!destination.isEmpty()) {
      head.put("destination", destination);
    }
    return head;
  }

  private Map<String, @Nullable Object> tail() {
    var tail = new LinkedHashMap<String, @Nullable Object>();
    for (JobKey.Section section :
        List.of(JobKey.Section.POLICY, JobKey.Section.SYNC, JobKey.Section.LIVE)) {
      var part = new LinkedHashMap<String, @Nullable Object>();
      settings(part, section);
      if (!part.isEmpty()) {
        tail.put(section.key(), part);
      }
    }
    return tail;
  }

  private void settings(Map<String, @Nullable Object> part, JobKey.Section section) {
    for (JobKey key : section.settings()) {
      String value = draft.field(Draft.name(key)).strip();
      if (!value.isEmpty()) {
        part.put(key.key(), value);
      }
    }
  }

  private void options(Map<String, @Nullable Object> part, String prefix, List<Option> known) {
    var options = new LinkedHashMap<String, @Nullable Object>();
    for (Option option : known) {
      String value = draft.field(prefix + option.name());
      if (!value.isEmpty()) {
        options.put(option.name(), value);
      }
    }
    if (!options.isEmpty()) {
      part.put("options", options);
    }
  }

  /// The options of the chosen source; none if it is not known.
  public List<Option> sourceOptions() {
    String first = draft.field("files").strip().split("\\R", 2)[0];
    try {
      String format = draft.field("format");
      return connectors.sourceOptions(
          format.isEmpty() ? null : format, List.of(first.isEmpty() ? "-" : first));
    } catch (UserException e) {
      return List.of();
    }
  }

  /// The options of the chosen destination; none if it is not known.
  public List<Option> destinationOptions() {
    try {
      return connectors.destination(draft.field("to").strip()).options();
    } catch (UserException e) {
      return List.of();
    }
  }

  /// The job as one text of YAML.
  public String text() {
    return text;
  }

  /// The job, if all of it is as it should be.
  ///
  /// @throws UserException if not
  public Job job() {
    if (text.isBlank()) {
      throw new UserException("No file is named to read from: name one.");
    }
    return Admission.checked(NAME, text, connectors);
  }

  /// Where in the form a complaint belongs, in words that fit there.
  public EditorView.Trouble trouble(UserException complaint) {
    String sentence = String.valueOf(complaint.getMessage());
    Matcher place = PLACE.matcher(sentence);
    if (place.matches()) {
      int line = Integer.parseInt(place.group(1));
      String rest = (place.group(2) == null ? "" : "this is no YAML: ") + place.group(3);
      if (draft.asText()) {
        return new EditorView.Trouble("job", "Line " + line + ": " + rest);
      }
      // All but the mapping is written by us, so what is no YAML is there, even where it shows
      // later.
      boolean isMapping = line >= mappingLine && line < mappingLine + mappingLines;
      if (isMapping || place.group(2) != null) {
        int own = Math.clamp(line - mappingLine + 1L, 1, Math.max(1, mappingLines));
        return new EditorView.Trouble("mapping", "Line " + own + ": " + rest);
      }
      return new EditorView.Trouble(field(rest), rest);
    }
    return new EditorView.Trouble(draft.asText() ? "job" : field(sentence), sentence);
  }

  private static String field(String sentence) {
    Matcher setting = SETTING.matcher(sentence);
    if (setting.matches()) {
      return List.of("policy", "sync", "live").contains(setting.group(1))
          ? setting.group(1) + "." + setting.group(2)
          : setting.group(2);
    }
    if (sentence.startsWith("No file")
        || sentence.startsWith("The source's address")
        || sentence.contains("does not tell its format")) {
      return "files";
    }
    if (sentence.startsWith("No destination")
        || sentence.startsWith("There is no destination")
        || sentence.startsWith("The destination's address")
        || sentence.startsWith("--to ")) {
      return "to";
    }
    return sentence.startsWith("mapping") || sentence.contains("mapping.") ? "mapping" : "";
  }
}
