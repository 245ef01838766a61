-- The index terms of a name were written one by one to a table of their own, of 1.4 GB at a million patients, and known_names was put together from it: half names came
-- and went while a name was written. Now a name is written in one piece, and its terms stand in known_names alone.
DROP TRIGGER patient_name_tokens_keep_words ON patient_name_tokens;
DROP TRIGGER patient_name_tokens_keep_terms ON patient_name_tokens;
DROP TRIGGER patient_name_tokens_drop_terms ON patient_name_tokens;
DROP FUNCTION keep_name_words();
DROP FUNCTION keep_name_terms();
DROP FUNCTION name_terms_of(uuid[]);
DROP FUNCTION name_terms(text, text);
DROP TABLE patient_name_tokens;
ALTER TABLE known_names DROP COLUMN made_by;
-- A name is never taken away, and only the trigger below writes this reference. Checked row by row, a long import would look for each name among all that it made.
ALTER TABLE patient_name_terms DROP CONSTRAINT patient_name_terms_name_id_fkey;
COMMENT ON COLUMN known_names.terms IS 'words; ^ and their first letter, and their first two; ~ and what they sound like';

-- What a patient is found by. It is written to, and what is written is kept in known_names, name_words and patient_name_terms.
CREATE VIEW patient_name_index AS
    SELECT b.patient_id, array_to_string(tsvector_to_array(n.terms), ' ') AS terms FROM patient_name_terms b JOIN known_names n ON n.id = b.name_id;
COMMENT ON VIEW patient_name_index IS 'the index terms of a name, a blank between two of them';
GRANT SELECT, INSERT, DELETE ON patient_name_index TO clinic_app, clinic_worker;

CREATE FUNCTION index_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    all_terms tsvector := array_to_tsvector(array_remove(string_to_array(NEW.terms, ' '), ''));
    before tsvector;
    known bigint;
BEGIN
    -- Planned each time: a long import begins with nothing, and by a plan that was made for nothing each name would be looked for among all.
    EXECUTE 'SELECT n.terms FROM patient_name_terms b JOIN known_names n ON n.id = b.name_id WHERE b.patient_id = $1' INTO before USING NEW.patient_id;
    -- A patient who has a name is found by both: a merged record by its former one, everybody by what new rules make of a name.
    all_terms := coalesce(before, '') || all_terms;
    IF all_terms = '' THEN
        RETURN NEW;
    END IF;
    EXECUTE 'SELECT id FROM known_names WHERE digest = $1' INTO known USING md5(all_terms::text)::uuid;
    IF known IS NULL THEN
        INSERT INTO name_words SELECT term FROM unnest(tsvector_to_array(all_terms)) AS term WHERE left(term, 1) NOT IN ('^', '~') ORDER BY term ON CONFLICT DO NOTHING;
        INSERT INTO known_names (terms) VALUES (all_terms) ON CONFLICT DO NOTHING;
        EXECUTE 'SELECT id FROM known_names WHERE digest = $1' INTO known USING md5(all_terms::text)::uuid; -- somebody else's, where two write the first of a name at once
    END IF;
    INSERT INTO patient_name_terms AS t VALUES (NEW.patient_id, known)
    ON CONFLICT (patient_id) DO UPDATE SET name_id = excluded.name_id WHERE t.name_id <> excluded.name_id;
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION index_name() FROM PUBLIC;
CREATE TRIGGER patient_name_index_write INSTEAD OF INSERT ON patient_name_index FOR EACH ROW EXECUTE FUNCTION index_name();

CREATE FUNCTION forget_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM patient_name_terms WHERE patient_id = OLD.patient_id;
    RETURN OLD;
END $$;
REVOKE ALL ON FUNCTION forget_name() FROM PUBLIC;
CREATE TRIGGER patient_name_index_delete INSTEAD OF DELETE ON patient_name_index FOR EACH ROW EXECUTE FUNCTION forget_name();

-- Who is in one's care comes first in a list of names: two thousand, who were looked up one by one beside every letter that is typed. Now their names stand beside the
-- membership, with whose care it is as a term of its own: the index leaps from one of a person's patients to the next who is called so.
ALTER TABLE care_team ADD COLUMN name_terms tsvector;
COMMENT ON COLUMN care_team.name_terms IS 'what the patient is found by, as in known_names; and @ with the user_id';

CREATE FUNCTION care_terms(patient uuid, carer uuid) RETURNS tsvector
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT n.terms || array_to_tsvector(ARRAY['@' || carer]) FROM patient_name_terms t JOIN known_names n ON n.id = t.name_id WHERE t.patient_id = patient
$$;
UPDATE care_team SET name_terms = care_terms(patient_id, user_id);
CREATE INDEX idx_care_team_names ON care_team USING gin (name_terms) WITH (fastupdate = off);

CREATE FUNCTION name_in_care() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.name_terms := care_terms(NEW.patient_id, NEW.user_id);
    RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION name_in_care() FROM PUBLIC;
CREATE TRIGGER care_team_name BEFORE INSERT OR UPDATE OF patient_id, user_id ON care_team FOR EACH ROW EXECUTE FUNCTION name_in_care();

CREATE FUNCTION tell_care_of_name() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    patient uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.patient_id ELSE NEW.patient_id END;
BEGIN
    UPDATE care_team SET name_terms = care_terms(patient_id, user_id) WHERE patient_id = patient;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION tell_care_of_name() FROM PUBLIC;
CREATE TRIGGER patient_name_terms_tell_care AFTER INSERT OR UPDATE OR DELETE ON patient_name_terms FOR EACH ROW EXECUTE FUNCTION tell_care_of_name();

-- Who of those in the asker's care is called so, under each of at most five conditions. As the owner, because a text search under a policy cannot use its index; it draws the
-- policy's line itself. By the index alone: the text of the user is no way in, and what is asked in place of a missing condition is met by all of them.
CREATE FUNCTION in_care_who_meet(c tsquery[]) RETURNS TABLE (patient_id uuid, terms tsvector)
    LANGUAGE plpgsql STABLE ROWS 100 SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    carer text := clinic_carer();
    mine tsquery := quote_literal('@' || carer)::tsquery;
BEGIN
    RETURN QUERY SELECT t.patient_id, t.name_terms FROM care_team t
        WHERE t.name_terms @@ mine AND t.name_terms @@ c[1] AND t.name_terms @@ coalesce(c[2], mine) AND t.name_terms @@ coalesce(c[3], mine)
            AND t.name_terms @@ coalesce(c[4], mine) AND t.name_terms @@ coalesce(c[5], mine)
            AND t.user_id::text = carer AND (t.until IS NULL OR t.until > now());
END $$;
REVOKE ALL ON FUNCTION in_care_who_meet(tsquery[]) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION in_care_who_meet(tsquery[]) TO clinic_app;

-- As in 0045, without those near, who are looked up by themselves; what was read of a name is not looked up again; and a way with a condition that is null, which no name meets,
-- is not gone.
DROP FUNCTION names_that_meet(tsquery[], integer[], bigint[], integer, integer);
DROP FUNCTION names_that_meet_all(tsquery[], integer);
CREATE FUNCTION names_that_meet_all(c tsquery[], most integer) RETURNS TABLE (name_id bigint, terms tsvector)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
BEGIN
    CASE cardinality(c)
        WHEN 1 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] LIMIT most;
        WHEN 2 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] LIMIT most;
        WHEN 3 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] LIMIT most;
        WHEN 4 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] AND n.terms @@ c[4] LIMIT most;
        WHEN 5 THEN RETURN QUERY
            SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] AND n.terms @@ c[4] AND n.terms @@ c[5] LIMIT most;
    END CASE;
END $$;

CREATE FUNCTION names_that_meet(ways tsquery[][], ends integer[], enough integer, most integer)
    RETURNS TABLE (name_id bigint, terms tsvector, is_enough boolean)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    step integer;
    at integer := 0;
    conditions tsquery[];
    ids bigint[];
    id_terms tsvector[];
    met bigint[] := '{}';
    met_terms tsvector[] := '{}';
    filled boolean := false;
BEGIN
    FOREACH step IN ARRAY ends LOOP
        WHILE at < step LOOP
            at := at + 1;
            conditions := ARRAY(SELECT unnest(ways[at:at]));
            CONTINUE WHEN array_position(conditions, NULL) IS NOT NULL;
            SELECT array_agg(m.name_id), array_agg(m.terms) INTO ids, id_terms FROM names_that_meet_all(conditions, most) AS m;
            met := met || ids;
            met_terms := met_terms || id_terms;
        END LOOP;
        filled := enough <= (SELECT count(*) FROM (
            SELECT FROM (SELECT DISTINCT unnest(met) AS name) AS each CROSS JOIN LATERAL (SELECT FROM patient_name_terms b WHERE b.name_id = each.name LIMIT enough) AS bearer LIMIT enough) AS counted);
        EXIT WHEN filled OR cardinality(met) >= most;
    END LOOP;
    RETURN QUERY SELECT m.id, m.terms, filled FROM unnest(met, met_terms) AS m (id, terms);
END $$;
