// The panels beside the list: what is shown, and what counts how much.

function filterPanel() {
  return element("details", { class: "panel", open: matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Filters"),
    element("label", { class: "field" }, "Search",
      element("input", { type: "search", id: "search", value: state.search, placeholder: "title, place, skill",
        input: (event) => { state.search = event.target.value.trim(); refresh(); } })),
    choices("eligible", "Can you apply?", ELIGIBLE),
    OPENINGS.some((opening) => opening.pool) ? choices("kind", "Kind", KINDS) : null,
    choices("role", "Role", ROLES),
    choices("size", "Employer size", Object.fromEntries(BANDS.map((band) => [band, band]))),
    options("place", "Place", counted((opening) => places(opening))),
    options("term", "Term", counted((opening) => [opening.term || "not stated"])),
    options("status", "Status", counted((opening) => [opening.status || "none"])),
    element("label", { class: "choice" },
      element("input", { type: "checkbox", id: "only-new", checked: state.only_new,
        change: (event) => { state.only_new = event.target.checked; refresh(); } }), "New only"),
    element("button", { type: "button", class: "quiet", id: "reset", click: reset }, "Clear filters"));
}

function choices(key, title, names) {
  return element("fieldset", { class: "choices", "data-filter": key }, element("legend", {}, title),
    ...Object.entries(names).map(([value, name]) => element("label", { class: "choice" },
      element("input", { type: "checkbox", value, checked: state[key].includes(value), change: (event) => {
        state[key] = event.target.checked ? [...state[key], value] : state[key].filter((other) => other !== value);
        refresh();
      } }), name)));
}

function options(key, title, values) {
  return element("label", { class: "field" }, title,
    element("select", { "data-filter": key, change: (event) => { state[key] = event.target.value; refresh(); } },
      element("option", { value: ANY, selected: state[key] === ANY }, "Any"),
      ...values.map(([value, count]) =>
        element("option", { value, selected: state[key] === value }, `${value} (${count})`))));
}

// Values with how many openings have them, most first.
function counted(valuesOf, openings = OPENINGS) {
  const counts = new Map();
  for (const opening of openings) for (const value of valuesOf(opening)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function reset() {
  const { view } = state;
  Object.assign(state, structuredClone(DEFAULTS), { view });
  show(view);
}

function weightPanel() {
  const yaml = element("pre", { id: "yaml", tabindex: 0, "aria-label": "Weights as YAML" });
  const highest = 2 * Math.max(0.5, ...STORED_WEIGHTS);
  const step = 10 ** Math.floor(Math.log10(highest / 20));
  const sliders = CRITERIA.map((criterion, place) => {
    // Not an <output>: a label would name it instead of the slider.
    const value = element("span", { class: "amount", "aria-hidden": "true" }, number(weights[place]));
    return element("label", { class: "slider" },
      element("span", {}, criterion.replaceAll("_", " ")), value,
      element("input", { type: "range", min: 0, max: highest, step, value: weights[place],
        "data-criterion": criterion, "data-stored": STORED_WEIGHTS[place],
        input: (event) => { weights[place] = Number(event.target.value); reweigh(value, place, yaml); } }));
  });
  yaml.textContent = weightsAsYaml();
  return element("details", { class: "panel", open: matchMedia("(min-width: 60rem)").matches },
    element("summary", {}, "Weights"),
    element("p", { class: "hint" }, "Move a slider and the list follows. To keep it, paste this into your profile."),
    ...sliders, yaml,
    element("button", { type: "button", class: "quiet", id: "copy", click: () => copy(yaml) }, "Copy"),
    element("button", { type: "button", class: "quiet", id: "restore", click: () => {
      STORED_WEIGHTS.forEach((weight, place) => { weights[place] = weight; });
      rank();
      show("openings");
    } }, "As in my profile"));
}

function reweigh(output, place, yaml) {
  output.textContent = number(weights[place]);
  yaml.textContent = weightsAsYaml();
  rank();
  refresh();
}

function copy(node) {
  getSelection().selectAllChildren(node);
  navigator.clipboard?.writeText(node.textContent).catch(() => { /* it is selected: Ctrl+C still works */ });
}
