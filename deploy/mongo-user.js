// Runs once, when the volume is new: the portal's own user, who may do what the portal does and nothing else.
// No right to remove anything but the sound of a visit, and none to change a version of a note once it is written.
const clinic = db.getSiblingDB("clinic");
const keep = ["find", "insert", "createCollection", "createIndex", "listIndexes", "collMod"];
const on = (collection, ...more) => ({ resource: { db: "clinic", collection: collection }, actions: keep.concat(more) });

clinic.createRole({
  role: "clinicPortal",
  privileges: [on("clinicalNotes", "update"), on("noteAmendments", "update"), on("documents", "update"), on("noteVersions"),
    on("noteDrafts", "update"), on("voiceRecordings", "update"), on("transcripts", "update"), on("recordings.files", "remove"), on("recordings.chunks", "remove")],
  roles: [],
});
clinic.createUser({ user: "clinic_app", pwd: process.env.CLINIC_MONGO_PASSWORD, roles: ["clinicPortal"] });
