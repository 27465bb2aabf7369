// Which openings are shown. The state is in the address after '#', so a view can be kept or sent.

const ANY = "";
const DEFAULTS = {
  view: "openings", search: "", eligible: ["yes", "unsure"], kind: ["dated"], role: Object.keys(ROLES), size: BANDS,
  place: ANY, term: ANY, status: ANY, only_new: false, sort: "rank", direction: "ascending",
};
const state = structuredClone(DEFAULTS);

function matches(opening, sought) {
  return state.eligible.includes(opening.eligible)
    && state.kind.includes(opening.kind)
    && state.role.includes(opening.role)
    && state.size.includes(opening.band)
    && (state.place === ANY || places(opening).includes(state.place))
    && (state.term === ANY || (opening.term || "not stated") === state.term)
    && (state.status === ANY ? opening.status !== "hidden" : (opening.status || "none") === state.status)
    && (!state.only_new || opening.new)
    && sought.every((word) => words(opening).includes(word));
}

// Where the work is: how (remote, hybrid, on site) and the widest part of each location named.
function places(opening) {
  const how = opening.workplace ? WORKPLACES[opening.workplace] ?? opening.workplace : "Not stated";
  return [how, ...new Set(opening.location.split(";").map((part) => part.split(",").pop().trim()).filter(Boolean))];
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

function selection() {
  const key = SORTS[state.sort];
  const sign = state.direction === "descending" ? -1 : 1;
  const sought = state.search.toLowerCase().split(/\s+/).filter(Boolean);
  return OPENINGS.filter((opening) => matches(opening, sought)).sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === right) return a.rank - b.rank;
    if (left === null) return 1;
    if (right === null) return -1;
    return sign * (left < right ? -1 : 1);
  });
}

function remember() {
  const kept = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) {
    const text = String(value);
    if (text !== String(DEFAULTS[key])) kept.set(key, text);
  }
  CRITERIA.forEach((criterion, place) => {
    if (weights[place] !== STORED_WEIGHTS[place]) kept.set(`weight.${criterion}`, weights[place]);
  });
  try { history.replaceState(null, "", `#${kept}`); } catch { /* a page inside a sandbox keeps no address */ }
}

// Values a person may have typed: what is not a known choice is left out.
function recall() {
  const kept = new URLSearchParams(location.hash.slice(1));
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
  state.only_new = kept.get("only_new") === "true";
  CRITERIA.forEach((criterion, place) => {
    const weight = Number.parseFloat(kept.get(`weight.${criterion}`));
    if (weight >= 0) weights[place] = weight;
  });
  rank();
}
