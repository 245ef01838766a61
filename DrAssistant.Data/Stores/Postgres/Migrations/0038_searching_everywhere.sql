-- Searching everywhere: what notes, prescriptions, orders and results are found by. The index holds keyed hashes of word stems with
-- their places, so whoever has the database and not the key ring reads no clinical word in it; what is shown is read where it is kept.

-- The words that the clinic writes, each once, without whose they are and without anything that has a digit in it. By them a word that
-- is only begun or misspelt is understood. A word that nobody uses any more does no harm and stays.
CREATE TABLE search_words (
    word varchar(40) PRIMARY KEY,
    stem varchar(40) NOT NULL
);
CREATE INDEX idx_search_words_prefix ON search_words (word text_pattern_ops);
CREATE INDEX idx_search_words_trigram ON search_words USING gin (word gin_trgm_ops);
CREATE INDEX idx_search_words_stem ON search_words (stem);
GRANT SELECT ON search_words TO clinic_app;
GRANT SELECT, INSERT ON search_words TO clinic_worker;

-- Words as the index knows them. A common word ("the", "of") stays itself, for phrases, and is asked for in nothing else.
CREATE FUNCTION search_stems(words text[]) RETURNS TABLE (word text, stem text, is_common boolean)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT w, left(coalesce(nullif(l[1], ''), w), 40), l = '{}'
    FROM (SELECT w, ts_lexize('pg_catalog.english_stem', w) AS l FROM unnest(words) AS w) AS lexized
$$;

-- An index is built beside the one that is asked. Where a build is, so that it goes on after a kill.
CREATE TABLE search_builds (
    generation  integer     PRIMARY KEY,
    rules       integer     NOT NULL,
    state       varchar(10) NOT NULL DEFAULT 'building',
    kind        varchar(20),
    after_at    timestamptz,
    after_id    uuid,
    written     bigint      NOT NULL DEFAULT 0,
    failed      bigint      NOT NULL DEFAULT 0,
    started_at  timestamptz NOT NULL DEFAULT now(),
    finished_at timestamptz,
    CONSTRAINT valid_state CHECK (state IN ('building', 'live', 'old'))
);
COMMENT ON TABLE search_builds IS 'how far each building of the search index has come; nothing about a patient';
CREATE UNIQUE INDEX idx_search_builds_one_at_work ON search_builds (state) WHERE state <> 'old';
GRANT SELECT ON search_builds TO clinic_app;
GRANT SELECT, INSERT, UPDATE ON search_builds TO clinic_worker;

-- A document's version is drawn before the document is read: whoever began to read last has seen every change that was told before.
CREATE SEQUENCE search_versions;
GRANT USAGE ON SEQUENCE search_versions TO clinic_worker;

CREATE TABLE search_documents (
    generation integer     NOT NULL REFERENCES search_builds (generation),
    kind       varchar(20) NOT NULL,
    id         uuid        NOT NULL,
    patient_id uuid        NOT NULL REFERENCES patients (id),
    visit_id   uuid,
    doctor_id  uuid,
    at         timestamptz NOT NULL,
    version    bigint      NOT NULL,
    is_gone    boolean     NOT NULL DEFAULT false,
    terms      tsvector    NOT NULL,
    PRIMARY KEY (generation, kind, id),
    CONSTRAINT valid_kind CHECK (kind IN ('note', 'prescription', 'order', 'result')),
    CONSTRAINT what_is_gone_is_empty CHECK (NOT is_gone OR terms = '')
);
COMMENT ON COLUMN search_documents.is_gone IS 'not to be found any more; its row stays, so that a late message cannot bring the old terms back';
CREATE INDEX idx_search_documents_terms ON search_documents USING gin (terms) WITH (fastupdate = off);
CREATE INDEX idx_search_documents_patient ON search_documents (patient_id);

-- Nobody asks the table but the function below: it has no policy for people.
ALTER TABLE search_documents ENABLE ROW LEVEL SECURITY;
ALTER TABLE search_documents FORCE ROW LEVEL SECURITY;
CREATE POLICY search_documents_worker ON search_documents TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY search_documents_owner ON search_documents FOR SELECT TO clinic_owner USING (true);

-- An old index is taken away; it is no record of anything.
GRANT SELECT, INSERT, UPDATE, DELETE ON search_documents TO clinic_worker;

-- What fits, newest first, of patients in the care of whoever asks; for reception and admins that is nothing. It runs as the owner
-- because a text search under a policy cannot use its index, and it draws the policies' line itself.
CREATE FUNCTION search_index(asked tsquery, kinds text[], patient uuid, doctor uuid, since timestamptz, until timestamptz, most integer)
    RETURNS TABLE (kind text, id uuid, patient_id uuid, visit_id uuid, at timestamptz, total bigint)
    LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    care uuid[] := patients_in_care();
    live integer := (SELECT b.generation FROM search_builds b WHERE b.state = 'live');
BEGIN
    RETURN QUERY
        SELECT f.kind::text, f.id, f.patient_id, f.visit_id, f.at, f.total FROM (
            SELECT d.kind, d.id, d.patient_id, d.visit_id, d.at, count(*) OVER (PARTITION BY d.kind) AS total,
                row_number() OVER (PARTITION BY d.kind ORDER BY d.at DESC, d.id) AS place
            FROM search_documents d
            WHERE d.terms @@ asked AND d.generation = live AND d.kind = ANY (kinds) AND d.patient_id = ANY (care)
                AND (patient IS NULL OR d.patient_id = patient) AND (doctor IS NULL OR d.doctor_id = doctor)
                AND (since IS NULL OR d.at >= since) AND (until IS NULL OR d.at < until)) AS f
        WHERE f.place <= most ORDER BY f.kind, f.place;
END $$;
REVOKE ALL ON FUNCTION search_index(tsquery, text[], uuid, uuid, timestamptz, timestamptz, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION search_index(tsquery, text[], uuid, uuid, timestamptz, timestamptz, integer) TO clinic_app;

-- As in 0021, and the index is written anew after a merge.
CREATE OR REPLACE FUNCTION filed_by_patient() RETURNS TABLE (t regclass, key_columns text[])
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT c.oid::regclass, ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
            WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'patient_id' AND NOT p.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname NOT IN (
            'audit_events',         -- whose record it was then; read under both ids
            'outbox_messages',      -- on their way
            'patient_names', 'patient_name_tokens', 'patient_name_terms', 'patient_photos', -- each record keeps its own, and leads to the other
            'search_documents',     -- an index, written anew by whoever hears of the merge
            'note_presence')        -- who is writing at this moment
    ORDER BY c.relname = 'care_team' DESC, c.relname
$$;
