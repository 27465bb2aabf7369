// The panels beside the list: what is shown, and what counts how much.

function filterPanel() {
  return element("details", { class: "panel", open: matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Filters"),
    element("label", { class: "field" }, "Search",
      element("input", { type: "search", id: "search", value: state.search, placeholder: "title, place, skill",
        input: (event) => choose("search", event.target.value.trim()) })),
    choices("eligible", "Can you apply?", ELIGIBLE),
    OPENINGS.some((opening) => opening.pool) ? choices("kind", "Kind", KINDS) : null,
    choices("role", "Role", ROLES),
    choices("size", "Employer size", Object.fromEntries(BANDS.map((band) => [band, band]))),
    options("place", "Place", placeGroups()),
    options("term", "Term", [["", valuesOf("term")]]),
    options("status", "Status", [["", valuesOf("status")]], OPENINGS.some((opening) => opening.over) ? "All that are not over" : "Any"),
    element("label", { class: "choice" },
      element("input", { type: "checkbox", id: "only-new", checked: state.only_new,
        change: (event) => choose("only_new", event.target.checked) }), "New only"),
    element("button", { type: "button", class: "quiet", id: "reset", click: reset }, "Clear filters"));
}

function choices(key, title, names) {
  return element("fieldset", { class: "choices", "data-filter": key }, element("legend", {}, title),
    ...Object.entries(names).map(([value, name]) => element("label", { class: "choice" },
      element("input", { type: "checkbox", value, checked: state[key].includes(value), change: (event) =>
        choose(key, event.target.checked ? [...state[key], value] : state[key].filter((other) => other !== value)) }), name)));
}

function choose(key, value) {
  Object.assign(state, { [key]: value, opening: "" });
  refresh();
}

const VALUES = {
  __proto__: null, place: places, term: (opening) => [termOf(opening)], status: (opening) => [statusOf(opening)],
};

function valuesOf(key) {
  return counted(VALUES[key]).map(([value]) => value);
}

function placeGroups() {
  const countries = new Set(OPENINGS.flatMap((opening) => opening.countries.map(country)));
  const names = valuesOf("place");
  const how = [...WORKPLACE_NAMES, NOT_STATED].filter((name) => names.includes(name));
  return [["", how], ["Countries", names.filter((name) => countries.has(name))],
    ["Elsewhere", names.filter((name) => !countries.has(name) && !how.includes(name))]];
}

// groups: [label, values]; `reflect` adds how many openings a choice would show.
function options(key, title, groups, any = "Any") {
  const choice = (value) => element("option", { value }, value);
  return element("label", { class: "field" }, title,
    element("select", { "data-filter": key, change: (event) => choose(key, event.target.value) },
      element("option", { value: ANY }, any),
      ...groups.filter(([, values]) => values.length).flatMap(([label, values]) =>
        (label ? [element("optgroup", { label }, ...values.map(choice))] : values.map(choice)))));
}

// Makes the controls say what is in force: after a press elsewhere, a bookmark, the way back.
function reflect() {
  const search = document.getElementById("search");
  if (search.value.trim() !== state.search) search.value = state.search;
  for (const box of document.querySelectorAll(".choices input")) {
    box.checked = state[box.closest("[data-filter]").dataset.filter].includes(box.value);
  }
  document.getElementById("only-new").checked = state.only_new;
  for (const select of document.querySelectorAll("select[data-filter]")) countOptions(select, select.dataset.filter);
  for (const slider of document.querySelectorAll("input[data-criterion]")) {
    const weight = weights[CRITERIA.indexOf(slider.dataset.criterion)];
    slider.value = weight;
    slider.previousElementSibling.textContent = number(weight);
  }
  document.getElementById("yaml").textContent = weightsAsYaml();
}

function countOptions(select, key) {
  const known = [...select.options].some((option) => option.value === state[key]);
  if (!known) select.append(element("option", { value: state[key] }, state[key])); // of a bookmark of another list
  const counts = new Map(counted(VALUES[key], passing(key)));
  for (const option of select.options) {
    if (option.value !== ANY) option.textContent = `${option.value} (${(counts.get(option.value) ?? 0).toLocaleString("en")})`;
  }
  select.value = state[key];
}

// Values with how many openings have them, most first.
function counted(valuesOf, openings = OPENINGS) {
  const counts = new Map();
  for (const opening of openings) for (const value of valuesOf(opening)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function reset() {
  Object.assign(state, structuredClone(DEFAULTS));
  refresh();
  if (document.activeElement === document.body) document.getElementById("count").focus(); // the button is gone
}

function weightPanel() {
  const yaml = element("pre", { id: "yaml", tabindex: 0, "aria-label": "Weights as YAML" });
  const highest = 2 * Math.max(0.5, ...STORED_WEIGHTS);
  const step = 10 ** Math.floor(Math.log10(highest / 20));
  const sliders = CRITERIA.map((criterion, place) => {
    // Not an <output>: a label would name it instead of the slider.
    return element("label", { class: "slider" },
      element("span", {}, criterion.replaceAll("_", " ")), element("span", { class: "amount", "aria-hidden": "true" }),
      element("input", { type: "range", min: 0, max: highest, step, value: weights[place],
        "data-criterion": criterion, "data-stored": STORED_WEIGHTS[place],
        input: (event) => { weights[place] = Number(event.target.value); reweigh(); } }));
  });
  return element("details", { class: "panel", open: matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Weights"),
    element("p", { class: "hint" }, "Move a slider and the list follows. To keep it, paste this into your profile."),
    ...sliders, yaml,
    element("button", { type: "button", class: "quiet", id: "copy", click: () => copy(yaml) }, "Copy"),
    element("button", { type: "button", class: "quiet", id: "restore", click: () => {
      STORED_WEIGHTS.forEach((weight, place) => { weights[place] = weight; });
      reweigh();
    } }, "As in my profile"));
}

function reweigh() {
  rank();
  refresh();
}

function copy(node) {
  getSelection().selectAllChildren(node);
  navigator.clipboard?.writeText(node.textContent).catch(() => { /* it is selected: Ctrl+C still works */ });
}
