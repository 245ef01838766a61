-- Searches that somebody keeps for themselves. What is looked for may be a name or a finding, and so may the name of the search: all of it is one ciphertext.
CREATE TABLE saved_searches (
    id       uuid PRIMARY KEY,
    owner_id uuid        NOT NULL REFERENCES users (id),
    content  bytea       NOT NULL,
    saved_at timestamptz NOT NULL
);
COMMENT ON COLUMN saved_searches.content IS 'ciphertext: name, words and filters, as JSON';
CREATE INDEX idx_saved_searches_owner ON saved_searches (owner_id);

ALTER TABLE saved_searches ENABLE ROW LEVEL SECURITY;
ALTER TABLE saved_searches FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON saved_searches TO clinic_app;
CREATE POLICY saved_searches_own ON saved_searches TO clinic_app
    USING ((SELECT clinic_role()) IS NOT NULL AND owner_id = (SELECT clinic_user()))
    WITH CHECK ((SELECT clinic_role()) IS NOT NULL AND owner_id = (SELECT clinic_user()));

-- The sweep of objects asks which of them a prescription names.
CREATE INDEX idx_prescription_pdfs_object ON prescription_pdfs (object_key);
