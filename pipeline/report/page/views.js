// The views beside the list, and the way between them.

const VIEWS = {
  __proto__: null,
  openings: ["Openings", openingsView, refresh],
  charts: ["Charts", chartsView],
  pools: ["General applications", poolsView],
  changes: ["What changed", changesView],
  closed: ["Not eligible", closedView],
  boards: ["Boards", boardsView],
  outreach: ["Write to", outreachView],
};

function navigation() {
  const eligible = OPENINGS.filter((opening) => !opening.pool && withinReach(opening));
  const fresh = eligible.filter((opening) => opening.new).length;
  const soon = eligible.filter(closesSoon);
  document.getElementById("summary").textContent = [
    `${plural(eligible.length, "opening")} within reach`,
    fresh ? `${fresh.toLocaleString("en")} new` : null,
    soon.length ? `${soon.length} closing this week` : null,
    `as of ${TODAY}`,
  ].filter(Boolean).join(" · ");
  const empty = { pools: !pools().length, boards: !DATA.visits.length, outreach: !DATA.outreach.length };
  document.getElementById("views").append(...Object.entries(VIEWS).filter(([key]) => !empty[key]).map(([key, [name]]) =>
    element("button", { type: "button", "data-view": key, click: () => go(key) }, name)));
  document.getElementById("colophon").textContent =
    `Made by Reachlist on ${DATA.generated.replace("T", " at ").replace("+00:00", " UTC")}. This file asks nobody for anything; it works without a network.`;
}

// Where a press leads: to a view, or to one opening in the list; the browser's way back leads here again.
function go(view, opening = "") {
  Object.assign(state, { view, opening });
  remember("pushState");
  show();
}

function show() {
  const { view } = state;
  for (const button of document.querySelectorAll("#views button")) {
    if (button.dataset.view === view) button.setAttribute("aria-current", "page");
    else button.removeAttribute("aria-current");
  }
  const [name, draw, after] = VIEWS[view];
  document.getElementById("main").replaceChildren(element("h2", { class: "unseen" }, name), draw());
  after?.();
}

const CHANGES = { new: "New", gone: "Gone", up: "Moved up", down: "Moved down" };

function changesView() {
  const kinds = Object.entries(CHANGES).map(([kind, name]) => [name, DATA.changes.filter(([own]) => own === kind)]);
  const known = kinds.filter(([, changes]) => changes.length);
  if (!known.length) return element("p", { class: "empty" }, DATA.since ? "Nothing changed since the last run." : "This is the first run: there is nothing to compare with yet.");
  return element("div", { class: "prose" }, ...known.map(([name, changes]) =>
    section(`${name} (${changes.length})`, element("ul", { class: "changes" }, ...changes.map(([, id, title, company, words]) =>
      element("li", {}, opener(id, title), " · ", said(company), words ? said(words, "p", { class: "why" }) : null))))));
}

// A title that leads to the opening in the list, whose filters stay as they are.
function opener(id, title) {
  const opening = BY_ID.get(id);
  if (!opening) return said(title);
  return element("button", { type: "button", class: "opener", click: () => {
    go("openings", id);
    document.querySelector("#openings .open").focus();
  } }, said(title));
}

// Evergreen pools and general applications: no date, no seat, and still worth a word.
function pools() {
  return OPENINGS.filter((opening) => opening.pool && wanted(opening)).sort((a, b) => a.rank - b.rank);
}

function poolsView() {
  const found = pools();
  if (!found.length) return element("p", { class: "empty" }, "Every opening on the list is a dated one.");
  return element("div", { class: "prose" },
    element("p", {}, `${plural(found.length, "pool")} that ${found.length === 1 ? "takes" : "take"} applications without one dated opening behind.`),
    element("ul", { class: "changes" }, ...found.map((opening) =>
      element("li", {}, opener(opening.id, opening.title), " · ", said(opening.company),
        element("p", { class: "why" }, said(why(opening)))))));
}

function closedView() {
  const closed = OPENINGS.filter((opening) => opening.eligible === "no").sort((a, b) => a.rank - b.rank);
  const reasons = counted((opening) => closing(opening), closed);
  if (!closed.length) return element("p", { class: "empty" }, "Every opening is within your reach.");
  return element("div", { class: "prose" },
    element("p", {}, `${plural(closed.length, "opening asks", "openings ask")} for something you do not have. Each is listed once under every reason.`),
    ...reasons.map(([reason, count], place) => element("details", { class: "reason-group", open: place === 0 },
      element("summary", {}, `${topicName(reason)} (${count})`),
      element("ul", { class: "changes" }, ...closed.filter((opening) => closing(opening).includes(reason)).map((opening) =>
        element("li", {}, opener(opening.id, opening.title), " · ", said(opening.company),
          ...opening.bars.filter(([topic, verdict]) => verdict === "no" && pooled(topic) === reason)
            .map(([, , words, quote]) => element("p", { class: "why" }, said(pooled(words)), " ", quoted(pooled(quote))))))))));
}

function closing(opening) {
  return [...new Set(opening.bars.filter(([, verdict]) => verdict === "no").map(([topic]) => pooled(topic)))];
}

const HEALTHY = ["complete", "unchanged"];

function boardsView() {
  if (!DATA.visits.length) return element("p", { class: "empty" }, "No visits to boards are recorded for this list.");
  const sick = DATA.visits.filter((visit) => !HEALTHY.includes(visit[3]));
  const well = DATA.visits.filter((visit) => HEALTHY.includes(visit[3]));
  const table = (name, visits) => wideTable(name, ["Board", "Company", "Last visit", "Verdict", "Listed", "Reason"],
    visits.map(([board, company, at, verdict, listed, reason]) =>
      [said(board), said(company), at ? day(at) : "never", said(verdict), String(listed ?? ""), said(reason ?? "")]));
  return element("div", { class: "prose" },
    boardHealth(),
    sick.length ? section(`Need attention (${sick.length})`, table("Boards that need attention", sick)) : null,
    well.length ? section(`Well (${well.length})`, table("Boards that are well", well)) : null);
}

function outreachView() {
  if (!DATA.outreach.length) return element("p", { class: "empty" }, "No outreach list yet: reachlist outreach makes one.");
  return element("div", { class: "prose" },
    element("p", {}, "Small employers of your field on the boards visited, without an internship posted. Nothing is sent for you: read before you write."),
    ...DATA.outreach.map(([company, size, careers, evidence, skills, draft, contacts]) =>
    element("section", { class: "lead" },
      element("h3", {}, careers ? link(careers, company) : said(company), size ? ` · ${size} people` : ""),
      element("ul", {}, ...evidence.map((words) => element("li", {}, linked(words)))),
      skills.length ? element("p", {}, "Point at: ", said(skills.join(", "))) : null,
      contacts.length ? element("p", {}, "Look for: ", ...contacts.flatMap(([kind, url], place) => [place ? ", " : "", link(url, kind)])) : null,
      draftOf(draft))));
}

// Evidence that names an address leads there.
function linked(words) {
  const address = words.match(/https?:\/\/[^\s()]+/)?.[0];
  return address ? link(address, words) : said(words);
}

function draftOf(words) {
  const text = said(words, "p", { class: "draft" });
  return element("details", {}, element("summary", {}, "A first message"), text,
    element("button", { type: "button", class: "quiet", click: () => copy(text) }, "Copy"));
}

// On a phone each row is a card in which every value carries the name of its column.
function wideTable(name, [first, ...headings], rows) {
  return element("table", { class: "plain wide", role: "table", "aria-label": name },
    element("thead", { role: "rowgroup" }, element("tr", { role: "row" },
      ...[first, ...headings].map((heading) => element("th", { scope: "col", role: "columnheader" }, heading)))),
    element("tbody", { role: "rowgroup" }, ...rows.map(([title, ...values]) => element("tr", { role: "row" },
      element("th", { scope: "row", role: "rowheader" }, title),
      ...values.map((value, place) => element("td", { role: "cell", "data-name": headings[place] }, value))))));
}
