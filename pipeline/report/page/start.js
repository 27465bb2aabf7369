recall();
navigation();
show();
addEventListener("hashchange", () => { // a bookmark, the way back, an address typed
  recall();
  if (state.view === "openings" && document.getElementById("openings")) refresh();
  else show();
});
addEventListener("beforeprint", drawAll);
document.querySelector(".skip").addEventListener("click", (event) => { // the address holds the filters
  event.preventDefault();
  (document.getElementById("count") ?? document.getElementById("main")).focus();
});
addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, select")) return;
  event.preventDefault();
  if (state.view !== "openings") go("openings");
  const search = document.getElementById("search");
  search.closest("details").open = true;
  search.focus();
});
