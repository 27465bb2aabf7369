// Charts as inline SVG, drawn from the same objects as the list. Bars are tables whose cells hold a bar, so a
// screen reader reads the figures; the two plots (plots.js) carry their figures in a table below.

function chartsView() {
  if (!OPENINGS.length) return element("p", { class: "empty" }, "Nothing to draw yet.");
  const within = OPENINGS.filter(withinReach);
  return element("div", { class: "charts" },
    fitBySize(OPENINGS),
    overTime(OPENINGS),
    figure("Openings by term", "All openings, by the term they name.",
      barTable("Term", tally((opening) => [opening.term || "not stated"], OPENINGS, 10))),
    figure("Skills you would need next", "Asked for by openings within your reach, and not in your profile.",
      barTable("Skill", skillGaps(within))),
    figure("What openings ask for", "Share of all openings in this list.", barTable("Requirement", requirements(OPENINGS), OPENINGS.length)),
    DATA.visits.length ? boardHealth() : null);
}

function figure(title, caption, ...children) {
  return element("figure", {}, element("figcaption", {}, element("h3", {}, title), element("p", {}, caption)), ...children);
}

// rows: [label, [[amount, class], …], words]. Bars share one scale, `whole` at the right edge.
function barTable(heading, rows, whole = Math.max(1, ...rows.map(([, parts]) => parts.reduce((sum, [amount]) => sum + amount, 0)))) {
  if (!rows.length) return element("p", { class: "empty" }, "Nothing to show.");
  return element("table", { class: "bar-table" },
    element("thead", { class: "unseen" }, element("tr", {}, ...[heading, "Bar", "Figure"].map((name) => element("th", { scope: "col" }, name)))),
    element("tbody", {}, ...rows.map(([label, parts, words]) => {
      let left = 0;
      const bars = parts.map(([amount, kind]) => {
        const bar = drawing("rect", { class: kind, x: left, width: 100 * amount / whole, height: 10 });
        left += 100 * amount / whole;
        return bar;
      });
      return element("tr", {}, element("th", { scope: "row" }, said(label)),
        element("td", { class: "bar" }, drawing("svg", { viewBox: "0 0 100 10", preserveAspectRatio: "none", "aria-hidden": "true" }, ...bars)),
        element("td", { class: "number" }, words));
    })));
}

function tally(valuesOf, openings, most) {
  return counted(valuesOf, openings).slice(0, most).map(([value, count]) => [value, [[count, "solid"]], count.toLocaleString("en")]);
}

function skillGaps(openings) {
  return tally((opening) => [...new Set(opening.missing)], openings, 12);
}

function requirements(openings) {
  const share = (name, test) => {
    const count = openings.filter(test).length;
    return [name, [[count, "solid"]], `${Math.round(100 * count / openings.length)}% (${count.toLocaleString("en")})`];
  };
  return [
    share("PhD required", (opening) => opening.phd === "required"),
    share("PhD preferred", (opening) => opening.phd === "preferred"),
    share("Closed to bachelor students", (opening) => !opening.levels.includes("bachelor")),
    share("Publications required", (opening) => opening.publications === "required"),
    share("Publications preferred", (opening) => opening.publications === "preferred"),
    share("Citizenship or clearance", (opening) => opening.citizenship),
    share("No sponsorship", (opening) => opening.sponsorship === "no"),
    share("Enrolled students only", (opening) => opening.enrolled),
    share("Work experience", (opening) => opening.years > 0),
    share("A skill you lack", (opening) => opening.missing.length > 0),
    share("Pay is stated", (opening) => opening.pay !== null && opening.pay !== "unpaid"),
  ].filter(([, [[count]]]) => count).sort((a, b) => b[1][0][0] - a[1][0][0]);
}

const VERDICT_KINDS = ["complete", "unchanged", "partial", "suspect", "failed"];

function boardHealth() {
  const platforms = new Map();
  for (const [board, , , verdict] of DATA.visits) {
    const platform = board.split("/")[0];
    const kinds = platforms.get(platform) ?? platforms.set(platform, new Map()).get(platform);
    const kind = VERDICT_KINDS.includes(verdict) ? verdict : "not visited";
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const rows = [...platforms].map(([platform, kinds]) => [platform,
    [...VERDICT_KINDS, "not visited"].map((kind) => [kinds.get(kind) ?? 0, `board-${kind.replace(" ", "-")}`]),
    `${HEALTHY.reduce((well, kind) => well + (kinds.get(kind) ?? 0), 0)} of ${[...kinds.values()].reduce((all, count) => all + count, 0)}`]);
  rows.sort((a, b) => sum(b[1]) - sum(a[1]) || (a[0] < b[0] ? -1 : 1));
  return figure("Board health", "Boards of each platform, by their latest visit, and how many of them went well.", barTable("Platform", rows),
    element("ul", { class: "legend" }, ...[...VERDICT_KINDS, "not visited"].map((kind) => element("li", {},
      drawing("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" },
        drawing("rect", { class: `board-${kind.replace(" ", "-")}`, width: 10, height: 10, rx: 2 })), kind))));
}

function sum(parts) {
  return parts.reduce((all, [amount]) => all + amount, 0);
}
