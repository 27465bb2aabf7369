// Which openings are shown. The state is in the address after '#', so a view can be kept or sent.

const ANY = "";
const DEFAULTS = {
  view: "openings", opening: "", search: "", eligible: ["yes", "unsure"], kind: ["dated"], role: Object.keys(ROLES),
  size: BANDS, place: ANY, term: ANY, status: ANY, only_new: false, sort: "rank", direction: "ascending",
};
const state = structuredClone(DEFAULTS);

const FILTERS = Object.entries({
  eligible: (opening) => state.eligible.includes(opening.eligible),
  kind: (opening) => state.kind.includes(opening.kind),
  role: (opening) => state.role.includes(opening.role),
  size: (opening) => state.size.includes(opening.band),
  place: (opening) => state.place === ANY || places(opening).includes(state.place),
  term: (opening) => state.term === ANY || termOf(opening) === state.term,
  status: (opening) => (state.status === ANY ? !opening.over : statusOf(opening) === state.status),
  only_new: (opening) => !state.only_new || opening.new,
});

// The openings that pass every filter, or every other than the one named.
function passing(but = null) {
  const sought = folded(state.search).split(/\s+/).filter(Boolean);
  const asked = FILTERS.filter(([key]) => key !== but);
  return OPENINGS.filter((opening) => asked.every(([, passes]) => passes(opening))
    && sought.every((word) => words(opening).includes(word)));
}

function termOf(opening) {
  return opening.term || "not stated";
}

const SORTS = {
  __proto__: null,
  rank: (opening) => opening.rank,
  score: (opening) => opening.total,
  title: (opening) => opening.title.toLowerCase(),
  company: (opening) => opening.company.toLowerCase(),
  size: (opening) => (opening.size ? BANDS.indexOf(opening.size) : null),
  posted: (opening) => opening.dated,
  deadline: (opening) => opening.deadline,
  status: (opening) => opening.status || null,
};
const HIGHEST_FIRST = ["score", "posted"]; // what a first click on the heading means

// What is shown: one opening that was asked for, or all that pass, in order.
function selection() {
  if (state.opening) return [BY_ID.get(state.opening)];
  const key = SORTS[state.sort];
  const sign = state.direction === "descending" ? -1 : 1;
  // Whichever way it is sorted, what is unknown comes last, and before it deadlines that have passed, nearest to today first where those to come are.
  const last = (opening) => (key(opening) === null ? 2 : Number(state.sort === "deadline" && passed(opening)));
  return passing().sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return a.rank - b.rank;
    return last(a) - last(b) || (last(a) === 1 ? -sign : sign) * (left < right ? -1 : 1);
  });
}

// `entry`: pushState makes an entry in the browser's history, replaceState changes the one that is there.
function remember(entry = "replaceState") {
  const kept = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    const text = String(value);
    if (text !== String(DEFAULTS[key])) kept.set(key, text);
  }
  CRITERIA.forEach((criterion, place) => {
    if (weights[place] !== STORED_WEIGHTS[place]) kept.set(`weight.${criterion}`, weights[place]);
  });
  try { history[entry](null, "", `#${kept}`); } catch { /* a page inside a sandbox keeps no address */ }
}

// Values a person may have typed: what is not a known choice is left out, or counts nothing where it is shown as one.
function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
  Object.assign(state, structuredClone(DEFAULTS));
  const list = (key, choices) => {
    if (kept.has(key)) state[key] = kept.get(key).split(",").filter((value) => choices.includes(value));
  };
  list("eligible", Object.keys(ELIGIBLE));
  list("kind", Object.keys(KINDS));
  list("role", Object.keys(ROLES));
  list("size", BANDS);
  for (const key of ["search", "place", "term", "status"]) state[key] = kept.get(key) ?? DEFAULTS[key];
  if (kept.get("sort") in SORTS) state.sort = kept.get("sort");
  if (kept.get("direction") === "descending") state.direction = "descending";
  if (kept.get("view") in VIEWS) state.view = kept.get("view");
  if (BY_ID.has(kept.get("opening"))) state.opening = kept.get("opening");
  state.only_new = kept.get("only_new") === "true";
  CRITERIA.forEach((criterion, place) => {
    const weight = Number.parseFloat(kept.get(`weight.${criterion}`));
    weights[place] = weight >= 0 ? weight : STORED_WEIGHTS[place];
  });
  rank();
}
