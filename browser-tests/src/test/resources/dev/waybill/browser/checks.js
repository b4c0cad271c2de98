// What is wrong with a page for those who do not see it well, or not at all (WCAG 2.2, level AA, as far as
// it can be computed): a list of sentences, empty if nothing is.
() => {
  const wrong = [];
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });
  const name = (element) => {
    const by = element.getAttribute("aria-labelledby");
    const labels = element.labels ? [...element.labels].map((label) => label.textContent).join(" ") : "";
    return (
      element.getAttribute("aria-label") ||
      (by && by.split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ")) ||
      labels ||
      (element.matches("input, select, textarea") ? "" : element.textContent)
    ).trim();
  };
  const told = (element) => element.outerHTML.slice(0, 120);

  for (const element of document.querySelectorAll("a[href], button, summary, input:not([type=hidden]), select, textarea")) {
    if (shown(element) && !name(element)) wrong.push("has no name: " + told(element));
  }
  const ids = new Set();
  for (const element of document.querySelectorAll("[id]")) {
    if (ids.has(element.id)) wrong.push("the id " + element.id + " is there twice");
    ids.add(element.id);
  }
  for (const attribute of ["aria-labelledby", "aria-describedby", "for"]) {
    for (const element of document.querySelectorAll("[" + attribute + "]")) {
      for (const id of element.getAttribute(attribute).trim().split(/\s+/)) {
        if (id && !document.getElementById(id)) wrong.push(attribute + " names no element: " + told(element));
      }
    }
  }
  if (document.querySelectorAll("main").length !== 1) wrong.push("there is not one main");
  if (document.querySelectorAll("h1").length !== 1) wrong.push("there is not one h1");
  if (!document.documentElement.lang) wrong.push("no language is named");

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgba = (color) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] + below[i] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(rgba(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((c) => {
      c /= 255;
      return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || !shown(element) || element.closest("svg, .unseen, option, .skip")) continue;
    const style = getComputedStyle(element);
    const below = ground(element);
    const [one, other] = [light(over(rgba(style.color), below)), light(below)].sort((a, b) => b - a);
    const contrast = (one + 0.05) / (other + 0.05);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && style.fontWeight >= 700) ? 3 : 4.5;
    if (contrast < needed) {
      wrong.push("contrast " + contrast.toFixed(2) + ": '" + walker.currentNode.textContent.trim().slice(0, 40) + "' in " + told(element));
    }
  }
  return wrong;
}
