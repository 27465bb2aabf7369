// One opening opened: can you apply, the arithmetic of its score, what the posting says, and its words.

const ASKED = { __proto__: null, negated: "not needed" };
const VERDICTS = { __proto__: null, yes: "✓", unsure: "?", no: "✗" };

function detail(opening) {
  return element("div", { class: "detail" },
    element("div", { class: "column" },
      section("Why this score", arithmetic(opening)),
      opening.bars.length ? section("Can you apply?", bars(opening)) : null),
    element("div", { class: "column" },
      section("What it says", facts(opening)),
      section("Who hires", employer(opening)),
      section("Links", links(opening))));
}

function section(title, ...children) {
  return element("section", {}, element("h3", {}, title), ...children);
}

function quoted(text) {
  return text === null ? null : said(text, "q");
}

function number(value, digits = 2) {
  return value.toFixed(digits).replace(/\.?0+$/, "") || "0";
}

function arithmetic(opening) {
  let points = 0;
  let weight = 0;
  const lines = opening.findings.map((finding, place) => {
    if (!finding) return null;
    const [value, reason, quote] = finding;
    const counted = value ?? DATA.neutral;
    points += weights[place] * counted;
    weight += weights[place];
    return element("tr", { class: value === null ? "unknown" : null, role: "row" },
      element("th", { scope: "row", role: "rowheader" }, CRITERIA[place].replaceAll("_", " ")),
      element("td", { class: "number", role: "cell" }, value === null ? `(${number(counted)})` : counted.toFixed(2)),
      element("td", { class: "number", role: "cell" }, `× ${number(weights[place])}`),
      element("td", { class: "number", role: "cell" }, `= ${(weights[place] * counted).toFixed(2)}`),
      element("td", { class: "reason", role: "cell" }, said(pooled(reason)), " ", quoted(pooled(quote))));
  });
  return [
    element("table", { class: "arithmetic", role: "table" },
      element("thead", {}, element("tr", {},
        ...["Criterion", "Value", "Weight", "Points", "Reason"].map((name) => element("th", { scope: "col" }, name)))),
      element("tbody", {}, ...lines),
      element("tfoot", {}, element("tr", {},
        element("th", { scope: "row" }, "Score"),
        element("td", { colspan: 4, role: "cell" },
          `100 × ${number(points)} ÷ ${number(weight)} = `, element("strong", {}, opening.total.toFixed(1)),
          `. ${Math.round(100 * coverage(opening))}% of the weight is known; a value in brackets is not stated and counts as ${DATA.neutral}.`)))),
  ];
}

function bars(opening) {
  return element("ul", { class: "bars" }, ...opening.bars.map(([topic, verdict, reason, quote]) =>
    element("li", { class: `verdict-${verdict}` },
      element("span", { class: "mark", "aria-hidden": "true" }, VERDICTS[verdict] ?? "·"),
      element("span", {}, element("strong", {}, `${ELIGIBLE[verdict] ?? verdict}, ${topicName(pooled(topic))}: `),
        said(pooled(reason)), " ", quoted(pooled(quote))))));
}

function facts(opening) {
  const missing = new Set(opening.missing);
  const skill = (name) => element("li", { class: missing.has(name) ? "skill missing" : "skill" },
    said(name), missing.has(name) ? " (not yours yet)" : "");
  const pairs = [
    ["Role", ROLES[opening.role]],
    ["Needs", opening.required.length ? element("ul", { class: "skills" }, ...opening.required.map(skill)) : null],
    ["Would like", opening.preferred.length ? said(opening.preferred.join(", ")) : null],
    ["Levels", opening.levels.length ? opening.levels.join(", ") : null],
    ["PhD", ASKED[opening.phd] ?? opening.phd],
    ["Publications", ASKED[opening.publications] ?? opening.publications],
    ["Enrolled", opening.enrolled ? "required" : null],
    ["Citizenship", opening.citizenship ? "required" : null],
    ["Sponsorship", opening.sponsorship],
    ["Grade average", opening.gpa],
    ["Experience", opening.years === null ? null : plural(opening.years, "year")],
    ["Pay", opening.pay],
    ["Term", opening.term],
    ["Duration", opening.duration],
    ["Workplace", WORKPLACES[opening.workplace]],
    ["Location", opening.location ? said(opening.location) : null],
    ["Deadline", opening.deadline],
    ["Posted", opening.posted],
    ["First seen", day(opening.first_seen)],
    ["State", opening.state],
  ].filter(([, value]) => value !== null && value !== undefined && value !== "");
  return element("dl", {}, ...pairs.flatMap(([name, value]) =>
    [element("dt", {}, name), element("dd", {}, typeof value === "number" ? String(value) : value)]));
}

function employer(opening) {
  return [
    element("p", {}, said(opening.company), opening.size
      ? `: ${opening.size} people, ${Math.round(100 * opening.confidence)}% sure`
      : ": size not known"),
    opening.evidence.length ? element("ul", {}, ...opening.evidence.map(([text, band, quote, elsewhere]) =>
      element("li", {}, `${band}: `, said(pooled(text)), elsewhere ? ", in another of its postings: " : " ",
        quoted(pooled(quote))))) : null,
  ];
}

// A command is offered only for an id that no shell reads as anything but a word.
function markCommand(id) {
  return /^\w[\w.\/:@-]*$/.test(id) ? ["To mark it: ", element("code", {}, `reachlist mark ${id} applied`)]
    : ["Id: ", said(id, "code")];
}

function links(opening) {
  return [
    element("ul", { class: "links" },
      element("li", {}, opening.url ? link(opening.url, `Open the posting at ${host(opening.url)}`, { class: "primary" }) : "No address given"),
      opening.apply ? element("li", {}, link(opening.apply, `Apply at ${host(opening.apply)}`)) : null,
      ...opening.also.map(([board, url]) => element("li", {}, "Also on ", url ? link(url, board) : said(board))),
      ...opening.maybe.map((id) => element("li", {}, "Perhaps the same job: ", said(BY_ID.get(id)?.title ?? id)))),
    opening.notes ? element("p", { class: "notes" }, said(opening.notes)) : null,
    element("p", { class: "identity" }, ...markCommand(opening.id)),
  ];
}
