// A moving picture can take a while: it may have to be drawn, or the phone has no network. The still one stays in sight
// until the moving one is there, and words say what goes on. Without JavaScript the picture comes when it comes.

const MOST_TRIES = 20;

document.addEventListener("change", ({ target }) => {
  if (target.name !== "picture") return;
  const moves = target.closest(".moves");
  if (target.value === "moving") show(moves);
  else say(moves, "");
});

function show(moves) {
  const image = moves.querySelector(".is-moving img");
  if (image.complete && image.naturalWidth) return;
  let tries = 0;
  say(moves, "wait");
  image.onload = () => say(moves, "");
  image.onerror = async () => {
    const seconds = tries++ < MOST_TRIES ? await secondsUntilItIsDrawn(image.src) : null;
    if (seconds === null) giveUp(moves);
    else setTimeout(fetchAgain, 1000 * seconds, image);
  };
  // A picture that is not shown is not fetched while it is lazy; one that failed is fetched again by its address.
  image.loading = "eager";
  if (image.complete) fetchAgain(image);
}

function fetchAgain(image) {
  image.src = image.getAttribute("src");
}

// The server answers 202 while it draws, and says when to ask again.
async function secondsUntilItIsDrawn(address) {
  try {
    const answer = await fetch(address, { method: "HEAD" });
    return answer.status === 202 ? Number(answer.headers.get("Retry-After")) : answer.ok ? 0 : null;
  } catch {
    return null; // no network
  }
}

function giveUp(moves) {
  if (!moves.querySelector('[value="moving"]').checked) return;
  say(moves, "failed");
  moves.querySelector('[value="still"]').checked = true;
}

function say(moves, what) {
  moves.toggleAttribute("data-hc-waiting", what === "wait");
  const news = moves.querySelector(".moves-news");
  news.textContent = what ? news.dataset[what] : "";
}
