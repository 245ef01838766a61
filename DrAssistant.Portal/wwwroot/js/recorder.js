// Records a visit. The recorder belongs to the document and not to a panel: it goes on while the doctor looks into another chart, and a
// dot in the corner says so on every page.
import { headers, openQueue } from "./recording-queue.js";

const PART = 3000;
const FILE_PART = 512 * 1024;
const KINDS = ["audio/webm;codecs=opus", "audio/ogg;codecs=opus", "audio/mp4"];
const LOCK = "dr-recording.";

let queue = null;
let current = null; // the recording that runs
let panel = null;   // the element that shows it, while one is open
let dot = null;

export const kind = () => KINDS.find(type => globalThis.MediaRecorder?.isTypeSupported(type)) ?? null;

/**
 * @param root the panel
 * @param page the server's side: FindKey(id), Sent()
 * @param personId who records
 * @param key of the session, { id, key } or null
 */
export async function open(root, page, personId, key) {
  panel = { root, page };
  queue ??= await openQueue(personId, key, id => told(id));
  const held = new Set(((await navigator.locks?.query())?.held ?? []).map(lock => lock.name));
  await queue.takeUp(id => page.invokeMethodAsync("FindKey", id), id => id === current?.id || held.has(LOCK + id), PART / 1000, id => page.invokeMethodAsync("Nothing", id));
  show();
  return { record, pause, resume, finish, upload, abandon, running: () => current && { id: current.id, visit: current.visit, paused: current.recorder.state === "paused" }, close: () => { if (panel?.root === root) panel = null; } };
}

/** Asks for the microphone and begins; answers why not, in words for the doctor, or null. */
async function record(id, visit) {
  if (current) return "Another recording runs on this computer.";
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: { echoCancellation: true, noiseSuppression: true, channelCount: 1 } });
    current = new Recording(id, visit, stream);
    current.start();
    await queue.begin(id);
    show();
    return null;
  } catch (fault) {
    return fault.name === "NotAllowedError" ? "The browser does not let this page use the microphone. Allow it beside the address, then record." : "There is no microphone that can be used.";
  }
}

function pause() { current?.pause(); show(); }
function resume() { current?.resume(); show(); }

/** @param sent wait until the server has all of it */
async function finish(sent) {
  const ended = current;
  await ended?.stop();
  current = null;
  show();
  if (sent && ended) await queue.sent(ended.id);
}

/** The consent was withdrawn: what is not sent yet is never sent. */
async function abandon(id) {
  if (current?.id === id) {
    current.cut();
    current = null;
  }
  await queue.forget(id);
  show();
}

/** A file that was recorded elsewhere, part by part. Answers why it was not taken, or null. */
async function upload(field, id) {
  const file = field.files?.[0];
  if (!file) return "Choose a file.";
  const parts = Math.ceil(file.size / FILE_PART);
  for (let number = await next(id); number < parts; number++) {
    await queue.add(id, number, await file.slice(number * FILE_PART, (number + 1) * FILE_PART).arrayBuffer());
  }
  // How long it plays is heard when it is transcribed.
  await queue.end(id, parts, 0);
  field.value = "";
  return null;
}

async function next(id) {
  const answer = await fetch(`/recordings/${id}/progress`, { headers: headers() }).catch(() => null);
  return answer?.ok ? (await answer.json()).next ?? 0 : 0;
}

function told(id) {
  if (queue.left(id) === 0) panel?.page.invokeMethodAsync("Sent").catch(() => {});
  show();
}

class Recording {
  #stream;
  #parts = 0;
  #adding = Promise.resolve();
  #seconds = 0;
  #since = 0;
  #meter;
  #leave = () => {};

  constructor(id, visit, stream) {
    this.id = id;
    this.visit = visit;
    this.#stream = stream;
    this.recorder = new MediaRecorder(stream, { mimeType: kind(), audioBitsPerSecond: 32000 });
    this.recorder.ondataavailable = event => this.#take(event.data);
    stream.getAudioTracks()[0].onended = () => { if (this.recorder.state === "recording") { this.pause(); show(); } };
    navigator.locks?.request(LOCK + id, () => new Promise(leave => { this.#leave = leave; }));
  }

  get seconds() { return this.#seconds + (this.#since ? (performance.now() - this.#since) / 1000 : 0); }

  start() {
    this.recorder.start(PART);
    this.#since = performance.now();
    this.#meter = new Meter(this.#stream, level => showLevel(level, this.seconds));
  }

  pause() {
    if (this.recorder.state !== "recording") return;
    this.recorder.requestData();
    this.recorder.pause();
    this.#seconds = this.seconds;
    this.#since = 0;
  }

  resume() {
    if (this.recorder.state !== "paused") return;
    this.recorder.resume();
    this.#since = performance.now();
  }

  async stop() {
    const stopped = new Promise(done => { this.recorder.onstop = done; });
    const seconds = this.seconds;
    this.recorder.stop();
    await stopped;
    await this.#adding;
    this.#close();
    await queue.end(this.id, this.#parts, seconds);
  }

  cut() {
    this.recorder.ondataavailable = null;
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.#close();
  }

  /** One after the other: the number of a part is its place. */
  #take(blob) {
    if (!blob.size) return;
    const number = this.#parts++;
    this.#adding = this.#adding.then(async () => queue.add(this.id, number, await blob.arrayBuffer(), this.seconds));
  }

  #close() {
    this.#meter?.close();
    this.#stream.getTracks().forEach(track => track.stop());
    this.#leave();
  }
}

/** How loud it is, from 0 to 1, some times a second. */
class Meter {
  #context = new AudioContext();
  #timer;

  constructor(stream, tell) {
    const ear = this.#context.createAnalyser();
    ear.fftSize = 1024;
    this.#context.createMediaStreamSource(stream).connect(ear);
    const samples = new Float32Array(ear.fftSize);
    this.#timer = setInterval(() => {
      ear.getFloatTimeDomainData(samples);
      const power = Math.sqrt(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length);
      tell(Math.min(1, power * 4));
    }, 100);
  }

  close() {
    clearInterval(this.#timer);
    this.#context.close().catch(() => {});
  }
}

// ---- what is seen

const clock = seconds => [Math.floor(seconds / 60), Math.floor(seconds % 60)].map(n => String(n).padStart(2, "0")).join(":");

function showLevel(level, seconds) {
  const paused = current?.recorder.state === "paused";
  const meter = panel?.root.querySelector("[data-rec-level]");
  if (meter) meter.value = paused ? 0 : level;
  const time = panel?.root.querySelector("[data-rec-time]");
  if (time) time.textContent = clock(seconds);
  if (dot) dot.querySelector("[data-rec-dot-time]").textContent = clock(seconds);
}

function show() {
  const left = panel?.root.querySelector("[data-rec-left]");
  if (left) {
    const waiting = current ? queue.left(current.id) : [...panel.root.querySelectorAll("[data-rec-id]")].reduce((sum, row) => sum + queue.left(row.dataset.recId), 0);
    // While it records, two parts on their way are usual.
    left.textContent = waiting > (current ? 2 : 0) ? `${waiting} parts wait to be sent, this continues by itself.${queue.works ? " They are kept on this computer, encrypted." : ""}` : "";
  }
  showDot();
}

function showDot() {
  if (!current) {
    dot?.remove();
    dot = null;
    return;
  }
  if (!dot) {
    dot = document.createElement("a");
    dot.className = "rec-dot";
    dot.href = `/visits/${current.visit}?panel=voice`;
    dot.innerHTML = '<span class="rec-light"></span><span data-rec-dot-said></span> <b data-rec-dot-time></b>';
    document.body.append(dot);
  }
  const paused = current.recorder.state === "paused";
  dot.classList.toggle("paused", paused);
  dot.querySelector("[data-rec-dot-said]").textContent = paused ? "Paused" : "Recording";
}

addEventListener("beforeunload", event => { if (current) event.preventDefault(); });

/** Of a file that was chosen; by its name where the browser does not know it. The server looks at its first bytes. */
export function kindOf(field) {
  const file = field.files?.[0];
  return file?.type || { webm: "audio/webm", ogg: "audio/ogg", wav: "audio/wav", mp3: "audio/mpeg", m4a: "audio/mp4" }[file?.name.split(".").pop().toLowerCase()] || "application/octet-stream";
}

/** What it was recorded with, as far as a browser tells. */
export function device() {
  const brands = navigator.userAgentData?.brands?.map(brand => brand.brand).filter(brand => !/not/i.test(brand)).join(", ");
  return [brands, navigator.userAgentData?.platform ?? navigator.platform].filter(Boolean).join(", ").slice(0, 200) || null;
}
