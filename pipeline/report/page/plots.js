// The plots keep one of two drawing sizes; the style scales them to the page.
const NARROW = matchMedia("(max-width: 40rem)").matches;
const WIDTH = NARROW ? 360 : 640;
const HEIGHT = 310;
const LEFT = 56;
const TOP = 12;
const BOTTOM = NARROW ? 58 : 46;

function plot(label, ...children) {
  return drawing("svg", { class: "plot", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label }, ...children);
}

// What the two axes count, in words.
function titles(across, up) {
  return [
    drawing("text", { class: "axis", x: (LEFT + WIDTH) / 2, y: HEIGHT - 4, "text-anchor": "middle" }, across),
    drawing("text", { class: "axis", transform: `translate(12 ${(HEIGHT - BOTTOM + TOP) / 2}) rotate(-90)`, "text-anchor": "middle" }, up),
  ];
}

// Where a share (0 to 1) of the highest value stands.
function level(share) {
  return (HEIGHT - BOTTOM) - (HEIGHT - BOTTOM - TOP) * share;
}

function axis(ticks, vertical) {
  return ticks.flatMap(([words, y]) => [
    drawing("line", { class: "grid", x1: LEFT, x2: WIDTH, y1: vertical(y), y2: vertical(y) }),
    drawing("text", { class: "tick", x: LEFT - 6, y: vertical(y) + 4, "text-anchor": "end" }, words),
  ]);
}

function fitBySize(openings) {
  const vertical = (value) => level(value / 100);
  const step = (WIDTH - LEFT) / BANDS.length;
  const middle = (place) => LEFT + step * (place + 0.5);
  // The id's own spread, so that a dot stands where it stood yesterday.
  const spread = (id) => ([...id].reduce((all, letter) => (all * 31 + letter.codePointAt(0)) % 997, 7) / 997 - 0.5) * step * 0.7;
  const dots = [...openings].reverse().map((opening) => drawing("circle", {
    class: `dot dot-${opening.eligible}`, r: opening.eligible === "no" ? 2.5 : 4,
    cx: middle(BANDS.indexOf(opening.band)) + spread(opening.id), cy: vertical(opening.total),
    click: () => openerFor(opening),
  }, drawing("title", {}, `${opening.title}, ${opening.company}: ${opening.total.toFixed(1)}`)));
  const table = BANDS.map((band) => {
    const here = openings.filter((opening) => opening.band === band);
    const within = here.filter(withinReach);
    const best = here.length ? Math.max(...here.map((opening) => opening.total)).toFixed(1) : "";
    return [band, here.length, within.length, best];
  });
  return figure("Fit and employer size", "Each dot is an opening; higher fits better. Filled: you can apply; open: unsure; small: not eligible.",
    plot("Score of each opening by employer size; figures in the table below",
      ...axis([["0", 0], ["25", 25], ["50", 50], ["75", 75], ["100", 100]], vertical),
      ...BANDS.map((band, place) => drawing("text", { class: "tick", y: HEIGHT - BOTTOM + 18, "text-anchor": "middle" },
        ...bandWords(band).map((words, line) => drawing("tspan", { x: middle(place), dy: line * 13 }, words)))),
      ...titles("Employer size, people", "Score"), ...dots),
    figures(["Size", "Openings", "Within reach", "Best score"], table));
}

// Eight labels stand side by side on a phone only in two lines.
function bandWords(band) {
  if (!NARROW) return [band];
  const [low, high] = band.split("-");
  return high ? [`${low}–`, high] : [band.replace("unknown", "?")];
}

function openerFor(opening) {
  opener(opening.id, opening.title).click();
}

function overTime(openings) {
  const week = (date) => Math.floor((days("1970-01-05", date)) / 7);
  const dated = openings.map((opening) => opening.dated).filter(Boolean).map(week);
  const last = week(TODAY);
  const first = Math.max(last - 25, Math.min(last, ...dated));
  const counts = Array.from({ length: last - first + 1 }, (_, place) => dated.filter((at) => at === first + place).length);
  const earlier = dated.filter((at) => at < first).length;
  const highest = Math.max(1, ...counts);
  const vertical = (value) => level(value / highest);
  const step = (WIDTH - LEFT) / counts.length;
  const name = (place) => new Date(Date.UTC(1970, 0, 5 + 7 * (first + place))).toISOString().slice(0, 10);
  const every = Math.ceil(counts.length / (NARROW ? 4 : 6));
  return figure("Openings over time", `By the week they were posted, or first seen where no date is given.${earlier ? ` ${plural(earlier, "opening")} older than half a year left out.` : ""}`,
    plot("Openings per week; figures in the table below",
      ...axis([...new Set([0, Math.round(highest / 2), highest])].map((value) => [String(value), value]), vertical),
      ...counts.map((count, place) => drawing("rect", { class: "solid", x: LEFT + step * place + 1, y: vertical(count),
        width: Math.max(1, step - 2), height: vertical(0) - vertical(count) }, drawing("title", {}, `Week of ${name(place)}: ${count}`))),
      ...counts.map((_, place) => (place % every ? null
        : drawing("text", { class: "tick", x: LEFT + step * place, y: HEIGHT - BOTTOM + 18 }, name(place).slice(5)))),
      ...titles("Week of", "Openings")),
    figures(["Week of", "Openings"], counts.map((count, place) => [name(place), count])));
}

function figures(headings, rows) {
  return element("details", { class: "figures" }, element("summary", {}, "Figures"),
    element("table", { class: "plain" },
      element("thead", {}, element("tr", {}, ...headings.map((heading) => element("th", { scope: "col" }, heading)))),
      element("tbody", {}, ...rows.map(([label, ...values]) => element("tr", {}, element("th", { scope: "row" }, label),
        ...values.map((value) => element("td", { class: "number" }, String(value))))))));
}
