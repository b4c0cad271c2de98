// What needs a script: everything else works without one.
(function () {
  "use strict";

  // Choosing a sandbox goes there at once.
  document.addEventListener("change", function (event) {
    var field = event.target;
    if (field.matches("[data-submit]")) {
      field.form.requestSubmit();
    }
  });

  // Exact times in the reader's own time zone.
  var exact = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "long" });
  function local(root) {
    root.querySelectorAll("time[datetime]").forEach(function (time) {
      var date = new Date(time.getAttribute("datetime"));
      if (isNaN(date)) return;
      if (time.hasAttribute("data-local")) time.textContent = exact.format(date);
      else time.title = exact.format(date);
    });
  }
  local(document);

  // A page that nobody looks at asks for nothing.
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (document.hidden && event.target.matches("[data-poll]")) event.preventDefault();
  });

  // The end of a run is said to those who do not see it.
  var outcome = null;
  function announce() {
    var run = document.getElementById("run");
    var now = run && run.getAttribute("data-outcome");
    if (outcome && now && outcome !== now) {
      document.getElementById("announcer").textContent = "The run is now: " + now;
    }
    outcome = now;
  }
  announce();

  // A tree that is wider than its place begins at its root.
  function roots(root) {
    root.querySelectorAll(".tree").forEach(function (tree) {
      var at = Number(tree.getAttribute("data-root"));
      tree.scrollLeft = Math.max(0, at - tree.clientWidth / 2);
    });
  }
  roots(document);

  document.addEventListener("htmx:afterSettle", function (event) {
    var root = event.target.isConnected ? event.target : document;
    local(root);
    roots(root);
    announce();
    showSchedule();
  });

  // The menu closes by Escape and by a click elsewhere.
  document.addEventListener("keydown", function (event) {
    var open = document.querySelector("details.menu[open]");
    if (event.key === "Escape" && open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  });
  document.addEventListener("click", function (event) {
    var open = document.querySelector("details.menu[open]");
    if (open && !open.contains(event.target)) open.open = false;
  });

  // Only the fields of the chosen schedule are shown.
  document.addEventListener("change", function (event) {
    if (event.target.name === "schedule") showSchedule();
  });
  function showSchedule() {
    var chosen = document.querySelector("[name=schedule]:checked");
    document.querySelectorAll("[data-schedule]").forEach(function (part) {
      part.hidden = chosen !== null && part.getAttribute("data-schedule") !== chosen.value;
    });
  }
  showSchedule();
})();
