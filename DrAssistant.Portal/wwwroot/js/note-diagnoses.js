// Diagnoses as chips: the first is the main one. What they say stands in a hidden text area, one line each, and is saved like any other field:
// name, code, code system and certainty, with tabs between them. SoapText reads the same lines on the server.
import { Choices } from "./note-choices.js";

const WAIT = 150;
const parse = value => value.split("\n").filter(line => line.trim()).map(line => {
  const [name, code = "", system = "", certainty = ""] = line.split("\t");
  return { name, code, system, certainty };
});
const format = all => all.map(d => [d.name, d.code, d.system, d.certainty].join("\t")).join("\n");
const plain = text => text.replaceAll(/\s+/g, " ").trim();

/**
 * @param page answers FindDiagnoses and hears UsedDiagnosis
 * @param half is told what is typed and not added yet: (path, text)
 */
export function followDiagnoses(root, page, half) {
  const stops = [];
  for (const field of root.querySelectorAll("[data-note-kind=diagnoses]")) stops.push(follow(field, page, half));
  return () => stops.forEach(stop => stop());
}

function follow(field, page, half) {
  const path = field.dataset.noteField;
  const box = field.parentElement.querySelector("[data-note-chips]");
  const input = field.parentElement.querySelector("[data-note-stop]");
  const list = new Choices(input, field.closest(".note-in").querySelector("[data-note-choices]"), take);
  let timer = 0;
  let asked = 0;

  function change(all) {
    field.value = format(all);
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
    show();
  }

  function add(diagnosis) {
    const all = parse(field.value);
    const same = d => d.name.toLowerCase() === diagnosis.name.toLowerCase() && d.code === diagnosis.code;
    input.value = "";
    half(path, "");
    if (diagnosis.name && !all.some(same)) change([...all, diagnosis]);
  }

  function take(diagnosis) {
    add(diagnosis);
    if (diagnosis.code) page.invokeMethodAsync("UsedDiagnosis", diagnosis.code).catch(() => {});
  }

  const addTyped = () => add({ name: plain(input.value), code: "", system: "", certainty: "provisional" });

  function show() {
    const all = parse(field.value);
    const focused = [...box.querySelectorAll("button")].indexOf(document.activeElement);
    box.replaceChildren(...all.map(chip));
    if (focused >= 0) (box.querySelectorAll("button")[focused] ?? input).focus();
  }

  function button(name, words, label, act) {
    const made = document.createElement("button");
    Object.assign(made, { type: "button", className: name, textContent: words, disabled: field.readOnly });
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  }

  function chip(diagnosis, index, all) {
    const made = document.createElement("li");
    made.className = index === 0 ? "dx main" : "dx";
    if (diagnosis.code) made.appendChild(document.createElement("b")).textContent = diagnosis.code;
    made.append(diagnosis.name);
    if (index === 0 && all.length > 1) made.appendChild(document.createElement("small")).textContent = "main";
    const sure = diagnosis.certainty === "confirmed";
    made.append(
      button("dx-sure", sure ? "confirmed" : "provisional", `${diagnosis.name}: ${sure ? "confirmed, make it provisional" : "provisional, confirm it"}`, () => {
        const now = parse(field.value);
        now[index].certainty = sure ? "provisional" : "confirmed";
        change(now);
      }),
      button("dx-off", "×", `Remove ${diagnosis.name}`, () => change(parse(field.value).filter((_, at) => at !== index))));
    made.addEventListener("keydown", event => {
      const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const to = index + step;
      if (!event.altKey || !step || to < 0 || to >= all.length) return;
      event.preventDefault();
      const now = parse(field.value);
      now.splice(to, 0, ...now.splice(index, 1));
      change(now);
      box.children[to]?.querySelector("button")?.focus();
    });
    return made;
  }

  async function search() {
    const text = plain(input.value);
    const number = ++asked;
    const found = text.length < 2 ? [] : await page.invokeMethodAsync("FindDiagnoses", text).catch(() => []);
    if (number !== asked || document.activeElement !== input) return;
    const items = found.map(d => ({ code: d.code, text: d.name, aside: d.aside, value: { name: d.name, code: d.code, system: d.system, certainty: "provisional" } }));
    const asWritten = { text: `“${text}” as written, without a code`, value: { name: text, code: "", system: "", certainty: "provisional" } };
    list.show("ICD-10", items.length ? [...items, asWritten] : []);
  }

  function onKey(event) {
    if (event.isComposing || list.key(event)) return;
    if (event.key === "Enter") {
      event.preventDefault();
      if (plain(input.value)) addTyped(); else next();
    } else if (event.key === "Backspace" && !input.value) {
      const all = parse(field.value);
      if (!all.length) return;
      event.preventDefault();
      input.value = all.at(-1).name;
      half(path, input.value);
      change(all.slice(0, -1));
    }
  }

  function next() {
    const all = [...field.closest("[data-note-root]").querySelectorAll("textarea[data-note-field], [data-note-stop]")].filter(f => f.checkVisibility?.() !== false);
    all[all.indexOf(input) + 1]?.focus();
  }

  field.addEventListener("note-shown", () => { input.readOnly = false; show(); });
  field.addEventListener("note-half", event => { input.value = event.detail; });
  input.addEventListener("keydown", onKey);
  input.addEventListener("input", () => {
    half(path, input.value);
    clearTimeout(timer);
    timer = setTimeout(search, WAIT);
  });
  // What was typed is a diagnosis also without Enter.
  input.addEventListener("blur", () => { list.close(); addTyped(); });
  show();
  return () => clearTimeout(timer);
}
