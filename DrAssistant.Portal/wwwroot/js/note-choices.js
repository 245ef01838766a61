// Choices below a field, in the flow: what stands below moves down and is never covered. Arrows choose, Enter or Tab takes, Esc closes.
let count = 0;

export class Choices {
  #list;
  #field;
  #items = [];
  #at = 0;
  #take;

  /** @param place an empty element behind the field that nobody else writes into */
  constructor(field, place, take) {
    this.#field = field;
    this.#take = take;
    this.#list = document.createElement("ul");
    Object.assign(this.#list, { id: `note-choices-${++count}`, className: "note-choices", hidden: true });
    this.#list.setAttribute("role", "listbox");
    place.append(this.#list);
    this.#list.addEventListener("pointerdown", event => {
      event.preventDefault();
      const row = event.target.closest("li");
      if (row) this.#choose([...this.#list.children].indexOf(row));
    });
    field.setAttribute("aria-controls", this.#list.id);
  }

  get open() { return !this.#list.hidden; }

  /** @param items [{ code, text, aside, value }] */
  show(label, items) {
    this.#items = items;
    this.#at = 0;
    this.#list.setAttribute("aria-label", label);
    this.#list.replaceChildren(...items.map((item, index) => {
      const row = document.createElement("li");
      row.id = `${this.#list.id}-${index}`;
      row.setAttribute("role", "option");
      for (const [name, words] of [["code", item.code], ["words", item.text], ["aside", item.aside]]) {
        if (!words) continue;
        const part = row.appendChild(document.createElement("span"));
        part.className = name;
        part.textContent = words;
      }
      return row;
    }));
    this.#list.hidden = items.length === 0;
    this.#mark();
  }

  close() {
    this.#list.hidden = true;
    this.#mark();
  }

  #mark() {
    [...this.#list.children].forEach((row, index) => row.setAttribute("aria-selected", index === this.#at));
    this.#field.toggleAttribute("aria-activedescendant", false);
    if (this.open) this.#field.setAttribute("aria-activedescendant", `${this.#list.id}-${this.#at}`);
  }

  #choose(index) {
    const item = this.#items[index];
    this.close();
    if (item) this.#take(item.value);
  }

  /** Whether the key was for this list. */
  key(event) {
    if (!this.open || event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#items.length) % this.#items.length;
      this.#mark();
      this.#list.children[this.#at]?.scrollIntoView({ block: "nearest" });
    } else if (event.key === "Escape") {
      this.close();
    } else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey)) {
      this.#choose(this.#at);
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }
}
