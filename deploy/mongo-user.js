// Runs once, when the volume is new: the portal's own user, who may touch its own database and nothing else.
db.getSiblingDB("clinic").createUser({
  user: "clinic_app",
  pwd: process.env.CLINIC_MONGO_PASSWORD,
  roles: [{ role: "readWrite", db: "clinic" }, { role: "dbAdmin", db: "clinic" }],
});
