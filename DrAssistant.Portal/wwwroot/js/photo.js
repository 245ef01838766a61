// A photo is made small before it leaves the browser.

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
