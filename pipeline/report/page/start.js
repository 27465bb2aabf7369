recall();
navigation();
show(state.view);
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select")) return;
  event.preventDefault();
  if (state.view !== "openings") show("openings");
  const search = document.getElementById("search");
  search.closest("details").open = true;
  search.focus();
});
