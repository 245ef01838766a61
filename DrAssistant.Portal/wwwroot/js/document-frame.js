// A PDF in a frame. What stands in the frame cannot be looked at from here, so when something has come it is asked whether that is the document:
// after it, as the same opening, and for one byte.

export function frame(root) {
  const shown = root.querySelector("iframe");
  const broken = root.querySelector("[data-broken]");
  const address = shown.src;

  const show = is => {
    shown.hidden = !is;
    broken.hidden = is;
  };

  async function ask() {
    try {
      const answer = await fetch(address.split("#")[0], { headers: { Range: "bytes=0-0" }, cache: "no-store" });
      show(answer.ok);
    } catch {
      show(false);
    }
  }

  root.querySelector("[data-again]").addEventListener("click", async () => {
    await ask();
    if (!shown.hidden) shown.src = address;
  });
  shown.addEventListener("load", ask);
  if (performance.getEntriesByName(address.split("#")[0]).length > 0) ask(); // it came before this script
}
