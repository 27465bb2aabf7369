// The embedded JSON as objects: one per opening, with the fields payload.py names. Tables that are looked up by
// words from outside have no prototype: "constructor" is no role.

const DATA = JSON.parse(document.getElementById("data").textContent);
const CRITERIA = DATA.criteria.map(([name]) => name);
const STORED_WEIGHTS = DATA.criteria.map(([, weight]) => weight);
const BANDS = [...DATA.bands, "unknown"];
const ROLES = { __proto__: null, core: "Core ML", data: "Data", adjacent: "Adjacent", none: "Other" };
const WORKPLACES = { __proto__: null, remote: "Remote", hybrid: "Hybrid", onsite: "On site" };
const TOPICS = {
  __proto__: null,
  levels_open: "degree level", phd: "PhD", ml_role: "role", years_min: "experience", gpa_min: "grade average",
  citizenship_required: "citizenship", clearance_active: "security clearance", languages_required: "languages",
  graduation: "graduation date", enrolled_required: "enrolment",
};
const STATES = { __proto__: null, missing: "not on its board now", closed: "closed" };
const ELIGIBLE = { __proto__: null, yes: "Yes", unsure: "Unsure", no: "No" };
const KINDS = { __proto__: null, dated: "Dated openings", pool: "General applications" };

const OPENINGS = DATA.rows.map((values) => {
  const opening = Object.fromEntries(DATA.fields.map((field, place) => [field, values[place]]));
  opening.band = opening.size ?? "unknown";
  opening.kind = opening.pool ? "pool" : "dated";
  return opening;
});
const BY_ID = new Map(OPENINGS.map((opening) => [opening.id, opening]));

// What a search looks through: all that a row shows, its skills and its id. Made when the first search needs it.
function words(opening) {
  opening.words ??= folded([opening.title, opening.company, opening.location, ...places(opening), KINDS[opening.kind],
    ROLES[opening.role] ?? "", opening.band, opening.term ?? "", opening.status, opening.notes,
    ...opening.required, ...opening.preferred, opening.id].join("\n"));
  return opening.words;
}

// Small letters without their accents.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const REGIONS = new Intl.DisplayNames("en", { type: "region" });

function country(code) {
  try { return REGIONS.of(code); } catch { return code; }
}

const NOT_STATED = "Not stated";
const WORKPLACE_NAMES = Object.values(WORKPLACES);

// Where the work is, each name once: how (remote, hybrid, on site), and the countries read from the location, or where
// none was, the widest part of each place it names.
function places(opening) {
  if (opening.places) return opening.places;
  const parts = opening.location.split(";").map((part) => part.split(",").pop().trim()).filter(Boolean)
    .map((part) => WORKPLACE_NAMES.find((name) => name.toLowerCase() === part.toLowerCase()) ?? part);
  const where = opening.countries.length ? opening.countries.map(country) : parts;
  const how = opening.workplace ? WORKPLACES[opening.workplace] ?? opening.workplace
    : where.find((name) => WORKPLACE_NAMES.includes(name)) ?? NOT_STATED;
  opening.places = [...new Set([how, ...where])];
  return opening.places;
}

function statusOf(opening) {
  return opening.status.trim().toLowerCase() || "none";
}

// Neither closed to the student nor done with.
function wanted(opening) {
  return opening.eligible !== "no" && !opening.over;
}

function withinReach(opening) {
  return wanted(opening) && !opening.late;
}

function pooled(place) {
  return place < 0 ? null : DATA.pool[place];
}

function topicName(topic) {
  return TOPICS[topic] ?? topic.replaceAll("_", " ");
}

function day(text) {
  return text ? text.slice(0, 10) : "";
}

const TODAY = day(DATA.generated);

function days(from, to) {
  return Math.round((Date.parse(day(to)) - Date.parse(day(from))) / 86400000);
}

function passed(opening) {
  return Boolean(opening.deadline) && opening.deadline < TODAY;
}

function closesSoon(opening) {
  const left = opening.deadline ? days(TODAY, opening.deadline) : -1;
  return left >= 0 && left <= 7;
}

// "4 days ago", "in 2 weeks": how far a date is from the day the list was made.
function distance(date) {
  const count = days(TODAY, date);
  if (count === 0) return "today";
  const [amount, unit] = Math.abs(count) < 14 ? [Math.abs(count), "day"]
    : Math.abs(count) < 60 ? [Math.round(Math.abs(count) / 7), "week"]
    : Math.abs(count) < 700 ? [Math.round(Math.abs(count) / 30.4), "month"]
    : [Math.round(Math.abs(count) / 365), "year"];
  return count < 0 ? `${plural(amount, unit)} ago` : `in ${plural(amount, unit)}`;
}
