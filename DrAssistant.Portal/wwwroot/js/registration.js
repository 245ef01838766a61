// What of the registration has to happen in the browser: an Aadhaar number is never sent.

/** 12 digits in any script and no letter, before an @ if there is one. Aadhaar Act 2016, s. 29: there is no ground to take it. */
const isAadhaar = text => {
  const number = text.split("@")[0];
  return (number.match(/\p{Nd}/gu) ?? []).length === 12 && !/\p{L}/u.test(number);
};

/** Clears a field that holds an Aadhaar number when it is left, before anybody is told what was in it. */
export function guard(form, ...ids) {
  for (const id of ids) {
    const field = document.getElementById(id);
    if (!field || field.dataset.guarded) continue;
    field.dataset.guarded = "true";
    field.addEventListener("change", event => {
      if (!isAadhaar(field.value)) return;
      event.stopImmediatePropagation();
      field.value = "";
      form.invokeMethodAsync("AadhaarRefused", id);
    });
    // The key that saves does not leave the field; what is in it counts all the same.
    field.addEventListener("keydown", event => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) field.blur();
    });
  }
}

export function focus(id) {
  const target = document.getElementById(id);
  const inside = ["[aria-invalid=true]", "input, select, textarea", "button"];
  const field = target?.matches("fieldset, section, aside") ? inside.map(wanted => target.querySelector(wanted)).find(e => e) ?? target : target;
  if (field && !field.matches("input, select, textarea, button, a[href]")) field.tabIndex = -1;
  field?.focus();
  (target ?? field)?.scrollIntoView({ block: "nearest" });
}
