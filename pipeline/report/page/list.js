// The list: drawn a screenful at a time, so five thousand openings cost what sixty do.

const BATCH = 60;
const COLUMNS = [
  ["rank", "#"], ["score", "Score"], ["title", "Opening"], ["size", "People"],
  ["posted", "Posted"], ["deadline", "Deadline"], ["status", "Status"],
];

const EMPTY = ["deadline", "status"].filter((key) => !OPENINGS.some((opening) => opening[key])); // not drawn

let shown = [];
let drawn = 0;
const unfolded = new Set();

function openingsView() {
  const table = element("table", { id: "openings", role: "table", "data-empty": EMPTY.join(" ") },
    element("caption", { class: "unseen" }, "Openings, best first. Each row opens to its score and quotes."),
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" }, ...COLUMNS.map(heading))),
    element("tbody", { role: "rowgroup" }));
  const more = element("button", { type: "button", id: "more", click: drawMore }, "Show more");
  new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && drawMore(),
    { rootMargin: "600px" }).observe(more);
  return element("div", { class: "browse" },
    element("aside", { "aria-label": "Filters and weights" }, filterPanel(), weightPanel()),
    element("div", { class: "results" },
      element("p", { id: "count", role: "status", tabindex: -1 }),
      element("button", { type: "button", class: "quiet", id: "whole", click: () => {
        choose("opening", "");
        document.getElementById("count").focus(); // the button is gone
      } }, "Show the whole list"),
      table, more));
}

function heading([key, name]) {
  return element("th", { scope: "col", role: "columnheader", "data-sort": key, class: `cell-${key}` },
    element("button", { type: "button", click: () => sortBy(key) }, name));
}

function sortBy(key) {
  const first = HIGHEST_FIRST.includes(key) ? "descending" : "ascending";
  const other = state.direction === "ascending" ? "descending" : "ascending";
  state.direction = state.sort === key ? other : first;
  state.sort = key;
  refresh();
}

// Everything after a change of filter, order or weight; the controls stay where they are.
function refresh() {
  remember();
  const body = document.querySelector("#openings tbody");
  if (!body) return;
  reflect();
  if (state.opening) unfolded.add(state.opening);
  document.getElementById("whole").hidden = !state.opening;
  shown = selection();
  drawn = 0;
  body.replaceChildren();
  document.getElementById("openings").setAttribute("aria-rowcount", shown.length + 1);
  for (const cell of document.querySelectorAll("#openings th[data-sort]")) {
    if (cell.dataset.sort === state.sort) cell.setAttribute("aria-sort", state.direction);
    else cell.removeAttribute("aria-sort");
  }
  const fresh = shown.filter((opening) => opening.new).length;
  document.getElementById("count").textContent =
    `${plural(shown.length, "opening")} of ${OPENINGS.length.toLocaleString("en")}${fresh ? `, ${fresh.toLocaleString("en")} new` : ""}`;
  document.getElementById("openings").after(...nothing());
  drawMore();
}

// What stands where no opening does.
function nothing() {
  document.getElementById("nothing")?.remove();
  if (shown.length) return [];
  return [OPENINGS.length
    ? element("p", { class: "empty", id: "nothing" }, "No opening passes these filters.",
      element("button", { type: "button", class: "quiet", click: reset }, "Clear filters"))
    : element("p", { class: "empty", id: "nothing" }, "The list is empty: no internship in machine learning or data was found yet.")];
}

function drawAll() {
  while (drawn < shown.length && document.getElementById("openings")) drawMore();
}

function drawMore() {
  const body = document.querySelector("#openings tbody");
  if (!body) return;
  body.append(...shown.slice(drawn, drawn + BATCH).flatMap(line));
  drawn = Math.min(drawn + BATCH, shown.length);
  const more = document.getElementById("more");
  more.hidden = drawn >= shown.length;
  more.textContent = `Show more (${(shown.length - drawn).toLocaleString("en")} left)`;
}

function line(opening, place) {
  const toggle = element("button", { type: "button", class: "open", "aria-expanded": String(unfolded.has(opening.id)),
    "aria-controls": detailName(opening) }, said(opening.title));
  const row = element("tr", {
    role: "row", class: `opening eligible-${opening.eligible}`, "data-id": opening.id,
    "aria-rowindex": drawn + place + 2,
    click: (event) => { if (toggle.contains(event.target) || !selected(row)) unfold(row, toggle, opening); },
  },
  cell("rank", String(opening.rank), moved(opening)),
  cell("score", element("span", { class: "total" }, opening.total.toFixed(1)), meter(opening)),
  cell("title", toggle,
    element("p", { class: "where" }, badges(opening), said(opening.company), opening.location ? [" · ", said(opening.location)] : null,
      opening.workplace ? ` · ${WORKPLACES[opening.workplace] ?? opening.workplace}` : null),
    element("p", { class: "why" }, said(why(opening)))),
  cell(opening.size ? "size" : "size unknown", opening.size ?? "unknown"),
  cell("posted", opening.dated
    ? element("time", { datetime: opening.dated, title: opening.dated }, distance(opening.dated)) : ""),
  cell("deadline", opening.deadline
    ? element("time", { datetime: opening.deadline, title: opening.deadline, class: closesSoon(opening) ? "soon" : null },
      passed(opening) ? "passed " : null, distance(opening.deadline)) : ""),
  cell("status", said(opening.status)));
  return unfolded.has(opening.id) ? [row, details(opening)] : [row];
}

function detailName(opening) {
  return `detail-${opening.tie}`;
}

function details(opening) {
  return element("tr", { class: "details", id: detailName(opening), role: "row" },
    element("td", { colspan: COLUMNS.length - EMPTY.length, role: "cell" }, detail(opening)));
}

function cell(name, ...children) {
  return element("td", { role: "cell", class: `cell-${name}` }, ...children);
}

function unfold(row, toggle, opening) {
  if (unfolded.delete(opening.id)) row.nextElementSibling.remove();
  else {
    unfolded.add(opening.id);
    row.after(details(opening));
  }
  toggle.setAttribute("aria-expanded", String(unfolded.has(opening.id)));
}

// A person who marks words in a row wants to copy them, not to open it.
function selected(row) {
  const selection = getSelection();
  return !selection.isCollapsed && row.contains(selection.anchorNode);
}

function badges(opening) {
  return [
    opening.new ? element("span", { class: "badge new" }, "new") : null,
    opening.pool ? element("span", { class: "badge" }, "general application") : null,
    opening.eligible === "yes" ? null : element("span", { class: `badge ${opening.eligible}` },
      opening.eligible === "no" ? "not eligible" : "unsure"),
    opening.late ? element("span", { class: "badge" }, "too late") : null,
    opening.state === "open" ? null : element("span", { class: "badge" }, STATES[opening.state] ?? opening.state),
  ];
}

function moved(opening) {
  const steps = opening.storedRank - opening.rank;
  return steps ? element("span", { class: steps > 0 ? "moved up" : "moved down" },
    element("span", { "aria-hidden": "true" }, steps > 0 ? "▲" : "▼"),
    element("span", { class: "unseen" }, steps > 0 ? "up " : "down "), String(Math.abs(steps))) : null;
}

// The solid part of the bar is known; the pale part is what was not stated and counts as neutral.
function meter(opening) {
  let known = 0;
  let weight = 0;
  opening.findings.forEach((finding, place) => {
    if (!finding) return;
    weight += weights[place];
    if (finding[0] !== null && finding[3]) known += weights[place] * finding[0];
  });
  const solid = weight ? 100 * known / weight : 0;
  return drawing("svg", { class: "meter", viewBox: "0 0 100 4", preserveAspectRatio: "none", "aria-hidden": "true" },
    drawing("rect", { class: "track", width: 100, height: 4 }),
    drawing("rect", { class: "assumed", width: opening.total, height: 4 }),
    drawing("rect", { class: "solid", width: solid, height: 4 }));
}

// What closes an opening, or what speaks most for it.
function why(opening) {
  const closed = opening.bars.filter(([, verdict]) => verdict === opening.eligible && verdict !== "yes");
  if (closed.length) return closed.map(([, , reason]) => pooled(reason)).join("; ");
  const pulls = opening.findings
    .map((finding, place) => [finding && finding[0] !== null ? weights[place] * (finding[0] - DATA.neutral) : 0, finding])
    .filter(([pull]) => pull).sort(([a], [b]) => Math.abs(b) - Math.abs(a));
  const reasons = (chosen, most) => chosen.slice(0, most).map(([, finding]) => pooled(finding[1])).join("; ");
  const against = reasons(pulls.filter(([pull]) => pull < 0), 1);
  return reasons(pulls.filter(([pull]) => pull > 0), 3) + (against && `; but ${against}`);
}
