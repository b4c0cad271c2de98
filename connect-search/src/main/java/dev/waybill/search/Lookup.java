package dev.waybill.search;

import dev.waybill.Fields;
import dev.waybill.Item;
import dev.waybill.Reason;
import dev.waybill.json.Json;
import dev.waybill.search.Outcome.Answer;
import dev.waybill.search.Outcome.Lost;
import dev.waybill.search.Outcome.NotSent;
import dev.waybill.spi.Verifier.Findings;
import dev.waybill.spi.Verifier.Presence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Asks which documents are there, by `_mget`: it looks at what was written this instant too, which
/// a search does not.
record Lookup(EntryMaker maker) {

  private static final Map<String, String> PARAMETERS =
      Map.of("_source", "false", "filter_path", "docs.found,docs.error");

  /// What can not be asked for has its presence already; the others are documents to ask for.
  Questions of(List<Item<Fields>> items) {
    var questions = new ArrayList<Object>();
    var known = new LinkedHashMap<Integer, Presence>();
    for (int i = 0; i < items.size(); i++) {
      switch (maker.of(items.get(i))) {
        case Entry.Unfit unfit -> known.put(i, new Presence.Undecided(unfit.verdict().reason()));
        case Entry.Ready document when document.id().isEmpty() ->
            known.put(
                i, new Presence.Undecided(Reason.of("the record has no key to look it up by")));
        case Entry.Ready document -> {
          var question = new LinkedHashMap<String, Object>();
          question.put("_index", document.index());
          question.put("_id", document.id());
          if (!document.routing().isEmpty()) {
            question.put("routing", document.routing());
          }
          questions.add(question);
        }
      }
    }
    return new Questions(items.size(), questions, known);
  }

  /// The documents to ask for.
  ///
  /// @param known the presences of those that can not be asked for, by position
  record Questions(int size, List<Object> documents, Map<Integer, Presence> known) {

    Call call() {
      return new Call(
          "POST", "/_mget", PARAMETERS, Call.JSON, Json.bytes(Map.of("docs", documents)));
    }

    Findings findings(Outcome outcome) {
      return switch (outcome) {
        case NotSent(String reason) -> new Findings.Failed(Reason.of(reason));
        case Lost(String reason) -> new Findings.Failed(Reason.of(reason));
        case Answer answer
            when answer.status() == 200
                && Answers.parsed(answer) instanceof Fields body
                && body.get("docs") instanceof List<?> documents ->
            found(documents);
        case Answer answer -> new Findings.Failed(Answers.reason(answer));
      };
    }

    Findings found(List<?> answers) {
      var presences = new ArrayList<Presence>(size);
      int next = 0;
      for (int i = 0; i < size; i++) {
        Presence own = known.get(i);
        if (own == null) {
          own = presence(next < answers.size() ? answers.get(next) : "");
          next++;
        }
        presences.add(own);
      }
      return new Findings.Found(presences);
    }

    private static Presence presence(Object answer) {
      if (!(answer instanceof Fields document)) {
        return new Presence.Undecided(Reason.of("the answer says nothing of this document"));
      }
      Object error = document.get("error");
      if (error != null) {
        Reason reason = Answers.reason(error, "error");
        return "index_not_found_exception".equals(reason.code())
            ? new Presence.Absent()
            : new Presence.Undecided(reason);
      }
      return Boolean.TRUE.equals(document.get("found"))
          ? new Presence.Present(null)
          : new Presence.Absent();
    }
  }
}
