// The waiting-room display. Tokens come as a stream; where a proxy holds the stream back, it asks every five seconds. Everything is
// written as text. The secret stands in the address's fragment and leaves this page in a header only.
const SECONDS = 1000;
const CALL_STAYS = 20 * SECONDS;
const LOST_AFTER = 15 * SECONDS;
const POLL = 5 * SECONDS;
const FIRST_WORD_WITHIN = 8 * SECONDS;

const secondLanguage = { hi: { calling: "अब बुलाया जा रहा है", room: "कमरा" } };
const byId = id => document.getElementById(id);
const secret = () => decodeURIComponent(location.hash.slice(1));

let board = null;
let heardAt = performance.now();
let isValid = true;
let streams = true;
let audio = null;
const calls = new Map(); // call -> when it was first heard here

// ---- what is on the screen
function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined && text !== null) made.textContent = text;
  return made;
}

function roomWords(room, words) {
  return words && room ? room.replace(/^room/i, words.room) : room;
}

function card(room) {
  const made = element("article", room.call ? "room called" : "room");
  made.append(element("h2", "", room.doctor));
  const where = element("p", "where", room.room ?? "");
  if (room.lateMinutes) {
    if (room.room) where.append(" · ");
    where.append(element("b", "late", `running ${room.lateMinutes} min late`));
  }
  made.append(where, element("p", "token", room.token ?? "–"));
  const next = element("div", "next");
  next.append(element("h3", "", "Next"));
  const line = element("p", "line");
  for (const token of room.next) line.append(element("span", "", token));
  if (room.next.length === 0) line.append(element("span", "none", "Nobody"));
  next.append(line);
  made.append(next);
  return made;
}

function showCall() {
  const now = performance.now();
  const fresh = (board?.rooms ?? []).filter(room => room.call && now - calls.get(room.call) < CALL_STAYS)
    .sort((one, other) => calls.get(other.call) - calls.get(one.call));
  const banner = byId("call");
  const isShown = isValid && document.body.dataset.state === "live" && fresh.length > 0;
  const shows = isShown ? fresh.map(room => room.call).join(" ") : "";
  banner.hidden = !isShown;
  if (banner.dataset.shows === shows) return;
  banner.dataset.shows = shows;
  const words = secondLanguage[board?.language];
  banner.replaceChildren(...fresh.slice(0, 2).map(room => {
    const made = element("div", "now");
    made.append(element("p", "calling", words ? `Now calling · ${words.calling}` : "Now calling"));
    made.append(element("p", "token", room.token));
    const to = element("div", "to");
    to.append(element("p", "", room.room ?? room.doctor));
    if (room.room) to.append(element("p", "second", words ? `${room.doctor} · ${roomWords(room.room, words)}` : room.doctor));
    made.append(to);
    return made;
  }));
}

function show(next) {
  const first = board === null;
  board = next;
  heardAt = performance.now();
  let isNew = false;
  for (const room of board.rooms) {
    if (!room.call || calls.has(room.call)) continue;
    // A screen that was just switched on does not call who went in long ago.
    calls.set(room.call, heardAt - (first ? room.calledSeconds * SECONDS : 0));
    isNew ||= heardAt - calls.get(room.call) < CALL_STAYS;
  }
  for (const call of calls.keys()) if (!board.rooms.some(room => room.call === call)) calls.delete(call);
  byId("practice").textContent = board.practice;
  byId("day").textContent = board.day;
  byId("clock").textContent = board.time.slice(0, 5);
  byId("rooms").replaceChildren(...board.rooms.map(card));
  state("live", `Updated ${board.time}`);
  note(board.rooms.length === 0 ? "Nobody works at this hour." : null);
  if (isNew) chime();
}

function note(text) {
  byId("note").textContent = text ?? "";
  byId("note").hidden = !text;
}

function state(name, words) {
  document.body.dataset.state = name;
  byId("state").textContent = words;
  showCall();
}

function invalid() {
  isValid = false;
  board = null;
  byId("rooms").replaceChildren();
  state("lost", "No link");
  note("This display has no link that holds. Open it with the address from the queue page.");
}

// Never a stale call: after fifteen seconds without a word the tokens are dimmed.
setInterval(() => {
  if (isValid && performance.now() - heardAt > LOST_AFTER) {
    state("lost", "Not connected");
    note("Please ask at the desk.");
  } else {
    showCall();
  }
}, SECONDS);

// ---- one soft chime, made here; browsers want a tap first
function enableSound() {
  audio ??= new AudioContext();
  audio.resume();
  byId("sound").hidden = true;
  navigator.wakeLock?.request("screen").catch(() => {});
}

function chime() {
  if (audio?.state !== "running") return;
  for (const [at, pitch] of [[0, 659.26], [.28, 523.25]]) {
    const begin = audio.currentTime + at;
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0, begin);
    volume.gain.linearRampToValueAtTime(.22, begin + .03);
    volume.gain.exponentialRampToValueAtTime(.0001, begin + 1.1);
    tone.connect(volume).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + 1.2);
  }
}

byId("sound").hidden = false;
addEventListener("pointerdown", enableSound);
addEventListener("keydown", enableSound);
addEventListener("hashchange", () => location.reload());

// ---- the connection
const pause = time => new Promise(done => setTimeout(done, time));
const ask = (accept, signal) => fetch("/display/events", {
  headers: { "X-Display-Link": secret(), "Accept": accept }, cache: "no-store", credentials: "omit", signal,
});

async function stream() {
  const leaving = new AbortController();
  let patience = setTimeout(() => { streams = false; leaving.abort(); }, FIRST_WORD_WITHIN);
  try {
    const answer = await ask("text/event-stream", leaving.signal);
    if (!answer.ok) return answer.status;
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return 0;
      clearTimeout(patience);
      patience = setTimeout(() => leaving.abort(), LOST_AFTER);
      text += value;
      const events = text.split("\n\n");
      text = events.pop();
      for (const event of events) if (event.startsWith("data: ")) show(JSON.parse(event.slice(6)));
    }
  } finally {
    clearTimeout(patience);
  }
}

async function poll() {
  const answer = await ask("application/json", AbortSignal.timeout(LOST_AFTER));
  if (!answer.ok) return answer.status;
  show(await answer.json());
  return 0;
}

async function run() {
  if (!secret()) { invalid(); return; }
  for (;;) {
    let status = -1;
    try {
      status = await (streams ? stream() : poll());
    } catch {
      // Away; the clock above says so to the room.
    }
    if (status === 404) { invalid(); await pause(60 * SECONDS); isValid = true; }
    await pause(status === 0 && streams ? SECONDS : POLL);
  }
}

run();
