// Uploads of documents. A file goes in parts, each with its checksum; what arrived is asked for after every break, so nothing is sent twice. The same
// file chosen again, after a reload too, goes on where it was. How each file gets on is shown in its own line.

const atOnce = 2;
const waits = [1, 2, 4, 8, 15, 30];
const largest = 50 * 1024 * 1024;

/** A "no" that trying again does not change. */
class Refused extends Error {}

/** The person asked for it. */
class Stopped extends Error {}

const hex = bytes => [...new Uint8Array(bytes)].map(b => b.toString(16).padStart(2, "0")).join("");
const sha256 = async bytes => hex(await crypto.subtle.digest("SHA-256", bytes));
const token = () => document.querySelector("input[name='__RequestVerificationToken']")?.value ?? "";
const inWords = bytes => bytes < 1048576 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${Math.round(bytes / 104857.6) / 10} MB`;

/** A file's name without its ending, as a title to begin with. */
const titleOf = file => file.name.replace(/\.[a-z0-9]{1,5}$/i, "").replace(/[_]+/g, " ").trim().slice(0, 120) || "Document";

let going = 0;
addEventListener("beforeunload", event => { if (going > 0) event.preventDefault(); });

async function ask(method, path, body, headers) {
  const answer = await fetch(`/documents/uploads${path}`, {
    method, body, redirect: "manual", cache: "no-store",
    headers: { RequestVerificationToken: token(), Accept: "application/json", ...headers },
  });
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Refused("You are signed out. Sign in again, then go on.");
  if (answer.status === 502 || answer.status === 503 || answer.status === 504 || answer.status === 429) throw new Error("away");
  if (answer.ok) return answer.status === 204 ? null : answer.json();
  const said = await answer.json().catch(() => null);
  throw new Refused(said?.message ?? "This did not work. Try again; if it stays so, tell an administrator.");
}

/** One line: the name, how far it is, and what can be done about it. */
function lineOf(rows, file) {
  const line = document.createElement("li");
  line.className = "upload";
  const make = (tag, className, text) => {
    const part = line.appendChild(document.createElement(tag));
    part.className = className;
    if (text !== undefined) part.textContent = text;
    return part;
  };
  make("span", "upload-name", file.name);
  const bar = make("progress", "upload-bar");
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", file.name);
  const state = make("span", "upload-state num", inWords(file.size));
  const button = (text, act) => {
    const made = make("button", "btn text small", text);
    made.type = "button";
    const whose = made.appendChild(document.createElement("span"));
    whose.className = "sr";
    whose.textContent = ` ${file.name}`;
    made.addEventListener("click", act);
    return made;
  };
  rows.append(line);
  return { line, bar, state, button };
}

class Upload {
  constructor(file, facts, page, rows, said) {
    Object.assign(this, { file, facts, page, said, id: null, stopped: null, wake: null });
    const { line, bar, state, button } = lineOf(rows, file);
    Object.assign(this, { line, bar, state, button, form: rows.closest(".document-upload") });
    this.pauseButton = button("Pause", () => this.pause());
    this.goOnButton = button("Go on", () => this.goOn());
    this.cancelButton = button("Cancel", () => this.cancel());
    this.goOnButton.hidden = true;
  }

  say(words, kind) {
    this.state.textContent = words;
    this.line.dataset.state = kind ?? "";
    if (kind) this.said.textContent = `${this.file.name}: ${words}`;
  }

  show(there, parts) {
    const percent = Math.floor(there * 100 / parts);
    this.bar.value = percent;
    this.say(`${percent} % of ${inWords(this.file.size)}`);
  }

  pause() {
    this.stopped = "paused";
    this.wake?.();
    this.pauseButton.hidden = true;
    this.goOnButton.hidden = false;
    this.say("Paused", "paused");
  }

  goOn() {
    this.stopped = null;
    this.goOnButton.hidden = true;
    this.pauseButton.hidden = false;
    start(this);
  }

  async cancel() {
    this.stopped = "cancelled";
    this.wake?.();
    this.line.remove();
    this.said.textContent = `${this.file.name}: cancelled`;
    if (this.id) await ask("DELETE", `/${this.id}`).catch(() => {});
  }

  check() { if (this.stopped) throw new Stopped(); }

  async run() {
    for (let failed = 0; ; failed++) {
      try {
        await this.whole();
        return;
      } catch (e) {
        if (e instanceof Refused || e instanceof Stopped) throw e;
        const wait = waits[Math.min(failed, waits.length - 1)];
        this.say("Waiting for the connection", "waiting");
        await this.sleep(wait * 1000);
        this.check();
      }
    }
  }

  /** Until the time is over, the connection is back, or somebody presses a button. */
  sleep(time) {
    return new Promise(done => {
      const over = () => { clearTimeout(timer); removeEventListener("online", over); done(); };
      const timer = setTimeout(over, time);
      addEventListener("online", over);
      this.wake = over;
    });
  }

  async whole() {
    if (this.file.size > largest) throw new Refused("The file is too large. It may have 50 MB.");
    if (this.file.size === 0) throw new Refused("The file is empty.");
    this.hash ??= await this.read(this.file).then(sha256);
    this.check();
    let state = await ask("POST", "", JSON.stringify({ ...this.facts, title: titleOf(this.file), length: this.file.size, sha256: this.hash }), { "Content-Type": "application/json" });
    this.id = state.id;
    if (this.stopped === "cancelled") await ask("DELETE", `/${this.id}`).catch(() => {});
    this.check();
    const there = new Set(state.there);
    this.show(there.size, state.parts);
    for (let n = 0; n < state.parts; n++) {
      if (there.has(n)) continue;
      const part = await this.read(this.file.slice(n * state.partLength, (n + 1) * state.partLength));
      await ask("PUT", `/${this.id}/parts/${n}`, part, { "Content-Type": "application/octet-stream", "X-Part-Sha256": await sha256(part) });
      there.add(n);
      this.check();
      this.show(there.size, state.parts);
    }
    this.say("Checking", "checking");
    await ask("POST", `/${this.id}/finish`);
  }

  async read(blob) {
    try {
      return await blob.arrayBuffer();
    } catch {
      throw new Refused("The file cannot be read any more. Choose it again.");
    }
  }

  done() {
    this.bar.value = 100;
    this.end("Added", "done");
    this.page.invokeMethodAsync("Finished").catch(() => {});
  }

  end(words, kind) {
    this.pauseButton.remove();
    this.goOnButton.remove();
    this.cancelButton.remove();
    if (kind === "refused") this.button("Dismiss", () => this.dismiss());
    this.say(words, kind);
  }

  /** Who has read why it was refused puts it away; the keyboard goes on at the next such line, or where files are chosen. */
  dismiss() {
    this.line.remove();
    this.said.textContent = `${this.file.name}: dismissed`;
    (this.form?.querySelector(".upload[data-state=refused] button") ?? this.form?.querySelector("[data-pick]"))?.focus();
  }
}

const queue = [];
let running = 0;

function start(upload) {
  queue.push(upload);
  next();
}

async function next() {
  if (running >= atOnce || queue.length === 0) return;
  const upload = queue.shift();
  if (upload.stopped) { next(); return; }
  running++;
  going++;
  try {
    await upload.run();
    upload.done();
  } catch (e) {
    if (e instanceof Refused) upload.end(e.message, "refused");
    else if (!(e instanceof Stopped)) upload.end("This did not work. Reload the page and choose the file again.", "refused");
  } finally {
    running--;
    going--;
    next();
  }
}

const holdsFiles = event => [...event.dataTransfer?.types ?? []].includes("Files");

/** By the panel: its form, and what was dropped before there was one. */
const forms = new WeakMap();
const dropped = new WeakMap();

/** Files may be dropped on all of the panel: its form opens when they come over it. None may take the page away. */
export function welcome(panel, page) {
  const zone = () => panel.querySelector("[data-drop]");
  const opens = () => page.invokeMethodAsync("Welcome").catch(() => false);
  panel.addEventListener("dragenter", event => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    if (!zone()) opens();
  });
  panel.addEventListener("dragover", event => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone()?.classList.add("over");
  });
  panel.addEventListener("dragleave", event => {
    if (!panel.contains(event.relatedTarget)) zone()?.classList.remove("over");
  });
  panel.addEventListener("drop", event => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    zone()?.classList.remove("over");
    const form = forms.get(panel);
    if (form?.root.isConnected) form.take(event.dataTransfer.files);
    else {
      dropped.set(panel, [...event.dataTransfer.files]);
      opens().then(does => { if (!does) dropped.delete(panel); });
    }
  });
}

/** Follows the fields of one form. */
export function follow(root, page) {
  const rows = root.querySelector("[data-rows]");
  const said = root.querySelector("[data-said]");

  const take = async files => {
    const chosen = [...files];
    if (chosen.length === 0) return;
    const facts = await page.invokeMethodAsync("Facts");
    if (!facts) {
      said.textContent = "Check the date of the document first.";
      root.querySelector("#document-date")?.focus();
      return;
    }
    for (const file of chosen) start(new Upload(file, facts, page, rows, said));
  };

  root.addEventListener("change", event => {
    if (!event.target.matches?.("[data-pick]")) return;
    const files = [...event.target.files];
    event.target.value = "";
    take(files);
  });
  const panel = root.closest("[data-welcome]");
  if (!panel) return;
  forms.set(panel, { root, take });
  take(dropped.get(panel) ?? []);
  dropped.delete(panel);
}
