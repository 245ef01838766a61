-- Templates and shortcuts that somebody made for themselves. The starters ship with the portal and are in no table.

CREATE TABLE note_texts (
    id         uuid PRIMARY KEY,
    owner_id   uuid         NOT NULL REFERENCES users (id),
    kind       varchar(20)  NOT NULL,
    name       varchar(60)  NOT NULL,
    section    varchar(20)  NOT NULL DEFAULT 'any',
    body       text         NOT NULL,
    removed_at timestamptz,
    created_at timestamptz  NOT NULL DEFAULT now(),
    updated_at timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_note_text_kind CHECK (kind IN ('template', 'shortcut')),
    CONSTRAINT valid_note_text_section CHECK (section IN ('any', 'subjective', 'objective', 'assessment', 'plan'))
);
-- No two alike of one person's, and two saves at once make one.
CREATE UNIQUE INDEX note_texts_once ON note_texts (owner_id, kind, lower(name)) WHERE removed_at IS NULL;
CREATE TRIGGER note_texts_updated_at BEFORE UPDATE ON note_texts FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE note_texts ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_texts FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON note_texts TO clinic_app;
GRANT SELECT, INSERT, UPDATE ON note_texts TO clinic_worker;
CREATE POLICY note_texts_worker ON note_texts TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY note_texts_own ON note_texts TO clinic_app
    USING ((SELECT clinic_role()) IN ('doctor', 'nurse') AND owner_id = (SELECT clinic_user()))
    WITH CHECK ((SELECT clinic_role()) IN ('doctor', 'nurse') AND owner_id = (SELECT clinic_user()));
