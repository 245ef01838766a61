// Signs in over a page that slept off (SleepingPage.razor). By a request, as only its answer can set the cookie; the page then wakes from the server's side.
(() => {
  "use strict";
  const AWAKE_WITHIN = 5000;

  const show = (form, step) => {
    for (const part of form.querySelectorAll("[data-step]")) {
      part.hidden = part.dataset.step !== step;
      part.querySelector("input").required = !part.hidden;
    }
    const field = form.elements[step];
    field.value = "";
    field.focus();
  };

  const say = (form, words) => {
    const place = form.querySelector("[data-refused]");
    place.textContent = words ?? "";
    place.hidden = !words;
  };

  const leave = form => location.replace(form.closest("dialog").dataset.away);

  async function ask(form) {
    const { password, code } = form.elements;
    const answer = await fetch("/account/sign-in/again", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ key: form.dataset.signInAgain, password: password.value, ticket: form.ticket ?? null, code: code.value }),
    });
    if (answer.status === 429) return { outcome: "refused", words: "Too many tries. Wait a minute." };
    if (!answer.ok) throw new Error(answer.status);
    return answer.json();
  }

  async function send(form) {
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    say(form, null);
    try {
      const { outcome, words, ticket } = await ask(form);
      if (outcome === "in") setTimeout(() => { if (form.isConnected) location.reload(); }, AWAKE_WITHIN);
      else if (outcome === "gone") leave(form);
      else {
        form.ticket = ticket;
        show(form, outcome === "code" ? "code" : "password");
        say(form, words);
      }
    } catch {
      say(form, "The server does not answer. Nothing is lost; try again in a moment.");
    } finally {
      button.disabled = false;
    }
  }

  // What was typed last is told when its field is left, and the page sleeps by then: it is told again once somebody is there to hear it.
  const unheard = new Map();
  const asleep = () => document.querySelector("dialog.sleeping-page");
  const awake = new MutationObserver(() => {
    if (asleep()) return;
    awake.disconnect();
    for (const [field, events] of unheard) {
      for (const type of events) if (field.isConnected) field.dispatchEvent(new Event(type, { bubbles: true }));
    }
    unheard.clear();
  });

  function keep(event) {
    if (event.target.closest("dialog.sleeping-page") || !asleep()) return;
    if (unheard.size === 0) awake.observe(document.body, { childList: true, subtree: true });
    unheard.set(event.target, (unheard.get(event.target) ?? new Set()).add(event.type));
  }

  document.addEventListener("input", keep, true);
  document.addEventListener("change", keep, true);
  document.addEventListener("submit", event => {
    if (!event.target.matches("[data-sign-in-again]")) return;
    event.preventDefault();
    send(event.target);
  });
})();
