// A moving picture can take a while: it may have to be drawn, or the phone has no network. The still one stays in sight
// until the moving one is there, and words say what goes on. Without JavaScript the picture comes when it comes.

document.addEventListener("change", ({ target }) => {
  if (target.name !== "picture") return;
  const moves = target.closest(".moves");
  if (target.value === "moving") show(moves);
  else say(moves, "");
});

function show(moves) {
  const image = moves.querySelector(".is-moving img");
  if (image.complete && image.naturalWidth) return;
  say(moves, "wait");
  image.onload = () => say(moves, "");
  image.onerror = () => {
    say(moves, "failed");
    moves.querySelector('[value="still"]').checked = true;
  };
  // A picture that is not shown is not fetched while it is lazy; one that failed is fetched again by its address.
  image.loading = "eager";
  if (image.complete) image.src = image.getAttribute("src");
}

function say(moves, what) {
  moves.toggleAttribute("data-hc-waiting", what === "wait");
  const news = moves.querySelector(".moves-news");
  news.textContent = what ? news.dataset[what] : "";
}
