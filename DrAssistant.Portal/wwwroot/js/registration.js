// What of the registration has to happen in the browser: an Aadhaar number is never sent, and a photo is made small before it is.

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
  const field = target?.matches("fieldset, section, aside") ? target.querySelector("input, select, button") ?? target : target;
  if (field && !field.matches("input, select, textarea, button, a[href]")) field.tabIndex = -1;
  field?.focus();
  (target ?? field)?.scrollIntoView({ block: "nearest" });
}

/** The picture in the field as JPEG of at most so many points and bytes, or null when it is none. Drawing it anew leaves out where it was taken. */
export async function scaled(id, points, bytes) {
  const field = document.getElementById(id);
  const file = field?.files?.[0];
  if (!file) return null;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const by = Math.min(1, points / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * by));
    canvas.height = Math.max(1, Math.round(picture.height * by));
    const paper = canvas.getContext("2d");
    paper.fillStyle = "white";
    paper.fillRect(0, 0, canvas.width, canvas.height);
    paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    for (const quality of [0.86, 0.7, 0.5]) {
      const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg", quality));
      if (blob && blob.size <= bytes) return blob;
    }
    return null;
  } catch {
    return null;
  } finally {
    field.value = "";
  }
}
