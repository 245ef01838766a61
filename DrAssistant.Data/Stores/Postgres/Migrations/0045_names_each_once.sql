-- A common name is borne by thousands, and looking for it read all of them. Now it is looked up among the names, each of which stands
-- here once, and only then who bears it: the best name first, and no more of its bearers than a list can show.
-- No policy, as name_words has none: it says how people are called and not who.
CREATE TABLE known_names (
    id      bigint   GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    terms   tsvector NOT NULL,
    digest  uuid     GENERATED ALWAYS AS (md5(terms::text)::uuid) STORED UNIQUE,
    made_by xid8     NOT NULL DEFAULT pg_current_xact_id()
);
COMMENT ON TABLE known_names IS 'the index terms of every name that somebody bears or bore, each combination once';
COMMENT ON COLUMN known_names.digest IS 'terms are too long for an index that keeps them unique';
COMMENT ON COLUMN known_names.made_by IS 'the transaction that wrote it, which takes back what it needs no more while nobody else can see it';

DROP TRIGGER patient_name_tokens_keep_terms ON patient_name_tokens;
DROP TRIGGER patient_name_tokens_drop_terms ON patient_name_tokens;
DROP FUNCTION keep_name_terms();
DROP FUNCTION bearers_of_names(tsquery[], integer, integer);

ALTER TABLE patient_name_terms RENAME TO terms_before;
INSERT INTO known_names (terms) SELECT DISTINCT terms FROM terms_before WHERE terms <> '';
ANALYZE known_names;

CREATE TABLE patient_name_terms (
    patient_id uuid   NOT NULL REFERENCES patients (id),
    name_id    bigint NOT NULL REFERENCES known_names (id)
);
INSERT INTO patient_name_terms SELECT t.patient_id, n.id FROM terms_before t JOIN known_names n ON n.digest = md5(t.terms::text)::uuid;
DROP TABLE terms_before;
ALTER TABLE patient_name_terms ADD CONSTRAINT patient_name_terms_pkey PRIMARY KEY (patient_id) INCLUDE (name_id);
CREATE INDEX idx_patient_name_terms_name ON patient_name_terms (name_id, patient_id);
GRANT SELECT ON patient_name_terms TO clinic_app, clinic_worker;

-- Without a list of what is still to be sorted in, which every search would have to read through.
CREATE INDEX idx_known_names_terms ON known_names USING gin (terms) WITH (fastupdate = off);
GRANT SELECT ON known_names TO clinic_app, clinic_worker;

CREATE FUNCTION name_terms_of(patients uuid[]) RETURNS TABLE (patient_id uuid, terms tsvector)
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT t.patient_id, array_to_tsvector(array_agg(term)) FROM unnest(patients) AS one JOIN patient_name_tokens t ON t.patient_id = one, unnest(name_terms(t.kind, t.token)) AS term
    GROUP BY t.patient_id
$$;
DROP FUNCTION name_terms_of(uuid);

-- Nobody writes these two: they are kept in step with patient_name_tokens, so that no code path can forget to. Where words come one by
-- one, half a name is known only until the next.
CREATE FUNCTION keep_name_terms() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    touched uuid[] := (SELECT array_agg(DISTINCT c.patient_id) FROM changed c);
    before bigint[] := ARRAY(SELECT DISTINCT n.name_id FROM patient_name_terms n WHERE n.patient_id = ANY (touched));
BEGIN
    INSERT INTO known_names (terms) SELECT DISTINCT terms FROM name_terms_of(touched) ORDER BY terms ON CONFLICT DO NOTHING;
    INSERT INTO patient_name_terms AS n
    SELECT made.patient_id, k.id FROM name_terms_of(touched) AS made JOIN known_names k ON k.digest = md5(made.terms::text)::uuid ORDER BY made.patient_id
    ON CONFLICT (patient_id) DO UPDATE SET name_id = excluded.name_id WHERE n.name_id <> excluded.name_id;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM patient_name_terms n WHERE n.patient_id = ANY (touched) AND NOT EXISTS (SELECT FROM patient_name_tokens t WHERE t.patient_id = n.patient_id);
    END IF;
    DELETE FROM known_names k WHERE k.id = ANY (before) AND k.made_by = pg_current_xact_id() AND NOT EXISTS (SELECT FROM patient_name_terms n WHERE n.name_id = k.id);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION keep_name_terms() FROM PUBLIC;
CREATE TRIGGER patient_name_tokens_keep_terms AFTER INSERT ON patient_name_tokens
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_name_terms();
CREATE TRIGGER patient_name_tokens_drop_terms AFTER DELETE ON patient_name_tokens
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION keep_name_terms();

-- Names that meet each of some conditions, at most five. Each is a condition of its own to the index, which then leaps from name to name
-- that the rarest of them knows; as one question it would try every name that any of them knows.
-- Questions are made while one types and say nothing about how many they fit: a look at every row is never the way to answer them, and
-- to weigh them before each look takes longer than to look.
CREATE FUNCTION names_that_meet_all(c tsquery[], most integer) RETURNS bigint[]
    LANGUAGE plpgsql STABLE SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    CASE cardinality(c)
        WHEN 1 THEN RETURN ARRAY(SELECT id FROM known_names WHERE terms @@ c[1] LIMIT most);
        WHEN 2 THEN RETURN ARRAY(SELECT id FROM known_names WHERE terms @@ c[1] AND terms @@ c[2] LIMIT most);
        WHEN 3 THEN RETURN ARRAY(SELECT id FROM known_names WHERE terms @@ c[1] AND terms @@ c[2] AND terms @@ c[3] LIMIT most);
        WHEN 4 THEN RETURN ARRAY(SELECT id FROM known_names WHERE terms @@ c[1] AND terms @@ c[2] AND terms @@ c[3] AND terms @@ c[4] LIMIT most);
        WHEN 5 THEN RETURN ARRAY(SELECT id FROM known_names WHERE terms @@ c[1] AND terms @@ c[2] AND terms @@ c[3] AND terms @@ c[4] AND terms @@ c[5] LIMIT most);
    END CASE;
END $$;

-- The names that meet what is asked, the better ones first. A way is a row of conditions, and ends says where each step's ways end; the
-- first step whose names are borne by enough people ends it. Of more names than can be weighed, those that people near bear are among them.
CREATE FUNCTION names_that_meet(ways tsquery[][], ends integer[], near bigint[], enough integer, most integer)
    RETURNS TABLE (name_id bigint, terms tsvector, is_enough boolean)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    step integer;
    at integer := 0;
    conditions tsquery[];
    new_ones bigint[];
    met bigint[] := '{}';
    filled boolean := false;
BEGIN
    FOREACH step IN ARRAY ends LOOP
        WHILE at < step LOOP
            at := at + 1;
            conditions := ARRAY(SELECT unnest(ways[at:at]));
            new_ones := names_that_meet_all(conditions, most);
            met := met || new_ones;
            IF cardinality(new_ones) >= most THEN
                met := met || ARRAY(SELECT n.id FROM unnest(near) AS name JOIN known_names n ON n.id = name WHERE n.terms @@ ALL (conditions));
            END IF;
        END LOOP;
        filled := enough <= (SELECT count(*) FROM (
            SELECT FROM (SELECT DISTINCT unnest(met) AS name) AS each CROSS JOIN LATERAL (SELECT FROM patient_name_terms b WHERE b.name_id = each.name LIMIT enough) AS bearer LIMIT enough) AS counted);
        EXIT WHEN filled OR cardinality(met) >= most;
    END LOOP;
    RETURN QUERY SELECT n.id, n.terms, filled FROM (SELECT DISTINCT unnest(met) AS name) AS each JOIN known_names n ON n.id = each.name;
END $$;
