// The score's arithmetic and the list's order, as models.Score.total and score.order have them.

const weights = [...STORED_WEIGHTS];

function total(opening, by = weights) {
  let points = 0;
  let weight = 0;
  opening.findings.forEach((finding, place) => {
    if (!finding) return;
    weight += by[place];
    points += by[place] * (finding[0] ?? DATA.neutral);
  });
  return weight ? 100 * points / weight : 0;
}

function coverage(opening, by = weights) {
  let known = 0;
  let weight = 0;
  opening.findings.forEach((finding, place) => {
    if (!finding) return;
    weight += by[place];
    if (finding[0] !== null && finding[3]) known += by[place];
  });
  return weight ? known / weight : 0;
}

const ELIGIBLE_ORDER = { __proto__: null, yes: 0, unsure: 1, no: 2 };

// How many bars the student does not pass for certain.
function inTheWay(opening) {
  return opening.bars.filter(([, verdict]) => verdict !== "yes").length;
}

function ranked(by = weights) {
  // A millionth of a point is no difference: sums may differ in their last bit.
  const keys = OPENINGS.map((opening) =>
    [ELIGIBLE_ORDER[opening.eligible], Number(opening.pool), inTheWay(opening), -Math.round(1e6 * total(opening, by)),
      opening.tie, opening]);
  keys.sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3] || a[4] - b[4]);
  return keys.map((key) => key[5]);
}

// Sets every opening's rank and total by the weights in force, and how far it moved from the stored list.
function rank() {
  ranked().forEach((opening, place) => {
    opening.rank = place + 1;
    opening.total = total(opening);
  });
}

rank();
for (const opening of OPENINGS) opening.storedRank = opening.rank;

function weightsAsYaml() {
  const name = (text) => (/^[a-z_][a-z0-9_]*$/i.test(text) ? text : JSON.stringify(text));
  const lines = [...CRITERIA.map((criterion, place) => [criterion, weights[place]]), ...DATA.other_weights];
  return ["weights:", ...lines.map(([criterion, weight]) => `  ${name(criterion)}: ${weight}`), ""].join("\n");
}
