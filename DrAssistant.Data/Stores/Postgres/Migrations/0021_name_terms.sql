-- Two common words of a name are looked up together: one row for each patient with all index terms of the name, and an inverted index
-- that intersects the lists of those who bear them.
-- No policy, as patient_name_tokens has none: a pattern cannot use an index under one, and a hit is an id, shown only through patient_names.
CREATE TABLE patient_name_terms (
    patient_id uuid     PRIMARY KEY REFERENCES patients (id),
    terms      tsvector NOT NULL
);

-- A word; its first letter and its first two, which would be a tenth of all words to go through; and a phonetic key. The signs before
-- them begin no word of a name.
CREATE FUNCTION name_terms(kind text, token text) RETURNS text[]
    LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN token = '' THEN NULL WHEN kind = 'phonetic' THEN ARRAY['~' || token]
        ELSE ARRAY[token, '^' || left(token, 1), '^' || left(token, 2)] END
$$;
CREATE FUNCTION name_terms_of(patient uuid) RETURNS tsvector
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT coalesce(array_to_tsvector(array_agg(term)), '') FROM patient_name_tokens t, unnest(name_terms(t.kind, t.token)) AS term WHERE t.patient_id = patient
$$;

-- Nobody writes it: it is kept in step with patient_name_tokens, so that no code path can forget to.
CREATE FUNCTION keep_name_terms() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        UPDATE patient_name_terms n SET terms = name_terms_of(n.patient_id) FROM (SELECT DISTINCT patient_id FROM changed) AS c WHERE n.patient_id = c.patient_id;
    ELSE
        INSERT INTO patient_name_terms AS n
        SELECT c.patient_id, array_to_tsvector(array_agg(term)) FROM changed c, unnest(name_terms(c.kind, c.token)) AS term GROUP BY c.patient_id ORDER BY c.patient_id
        ON CONFLICT (patient_id) DO UPDATE SET terms = n.terms || excluded.terms;
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_name_terms() FROM PUBLIC;
CREATE TRIGGER patient_name_tokens_keep_terms AFTER INSERT ON patient_name_tokens
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_name_terms();
CREATE TRIGGER patient_name_tokens_drop_terms AFTER DELETE ON patient_name_tokens
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_name_terms();

INSERT INTO patient_name_terms
SELECT t.patient_id, array_to_tsvector(array_agg(term)) FROM patient_name_tokens t, unnest(name_terms(t.kind, t.token)) AS term GROUP BY t.patient_id ORDER BY t.patient_id;

-- Without a list of what is still to be sorted in, which every search would have to read through.
CREATE INDEX idx_patient_name_terms ON patient_name_terms USING gin (terms) WITH (fastupdate = off);
GRANT SELECT ON patient_name_terms TO clinic_app, clinic_worker;

-- Who bears what is asked, best first: each question takes in the one before it, and the first that fills the list ends it.
-- Questions are made while one types and say nothing about how many they fit; a look at every row is never the way to answer them.
CREATE FUNCTION bearers_of_names(questions tsquery[], most integer, most_of_last integer)
    RETURNS TABLE (patient_id uuid, terms tsvector)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off AS $$
DECLARE
    at integer;
    bound integer;
    found_now integer;
BEGIN
    FOR at IN 1 .. cardinality(questions) LOOP
        bound := CASE WHEN at < cardinality(questions) THEN most ELSE most_of_last END;
        RETURN QUERY SELECT n.patient_id, n.terms FROM patient_name_terms n WHERE n.terms @@ questions[at] LIMIT bound;
        GET DIAGNOSTICS found_now = ROW_COUNT;
        EXIT WHEN found_now >= bound;
    END LOOP;
END $$;

-- As in 0019, and the terms stay with their record too.
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
            'note_presence')        -- who is writing at this moment
    ORDER BY c.relname = 'care_team' DESC, c.relname
$$;
