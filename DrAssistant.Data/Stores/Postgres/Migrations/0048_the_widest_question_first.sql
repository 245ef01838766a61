-- Some words stand in thousands of names, most in a few. One name in sixty-four says of its words that they are often met: a count would have two registrations of a Kumar wait for
-- each other, and about right is enough, for it decides how names are looked for and never which are found.
ALTER TABLE name_words ADD COLUMN is_often boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN name_words.is_often IS 'whether about 64 different names or more have this word';

CREATE FUNCTION tells_what_is_often(digest uuid) RETURNS boolean
    LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$ SELECT get_byte(uuid_send(digest), 0) % 64 = 0 $$;
UPDATE name_words SET is_often = true WHERE word IN (SELECT unnest(tsvector_to_array(terms)) FROM known_names WHERE tells_what_is_often(digest));

CREATE FUNCTION mark_what_is_often() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    -- What somebody else is marking at this moment is left to them: nobody waits for a word.
    UPDATE name_words SET is_often = true WHERE word IN (
        SELECT w.word FROM name_words w WHERE w.word = ANY (tsvector_to_array(NEW.terms)) AND NOT w.is_often FOR UPDATE SKIP LOCKED);
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mark_what_is_often() FROM PUBLIC;
CREATE TRIGGER known_names_mark_often AFTER INSERT ON known_names FOR EACH ROW WHEN (tells_what_is_often(NEW.digest)) EXECUTE FUNCTION mark_what_is_often();

-- A name of three words was looked for in ten ways, the better ones first, and each of them read the same long lists again. Now, before a step of several ways, all that could be
-- meant is asked, in as few parts as will do; where it leads to a few names they are the answer, for what is better is said by their weight.
DROP FUNCTION names_that_meet(tsquery[], integer[], integer, integer);
CREATE FUNCTION names_that_meet(parts tsquery[][], few integer, ways tsquery[][], ends integer[], several integer, enough integer, most integer)
    RETURNS TABLE (name_id bigint, terms tsvector)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    step integer;
    at integer := 0;
    in_parts boolean := false;
    conditions tsquery[];
    ids bigint[];
    id_terms tsvector[];
    met bigint[] := '{}';
    met_terms tsvector[] := '{}';
    all_ids bigint[] := '{}';
    all_terms tsvector[] := '{}';
BEGIN
    FOREACH step IN ARRAY ends LOOP
        IF NOT in_parts AND step - at >= several THEN
            in_parts := true;
            FOR part IN 1 .. array_length(parts, 1) LOOP
                conditions := ARRAY(SELECT unnest(parts[part:part]));
                CONTINUE WHEN array_position(conditions, NULL) IS NOT NULL;
                SELECT array_agg(m.name_id), array_agg(m.terms) INTO ids, id_terms FROM names_that_meet_all(conditions, few + 1) AS m;
                all_ids := all_ids || ids;
                all_terms := all_terms || id_terms;
                EXIT WHEN cardinality(all_ids) > few;
            END LOOP;
            IF cardinality(all_ids) <= few THEN
                RETURN QUERY SELECT m.id, m.terms FROM unnest(all_ids, all_terms) AS m (id, terms);
                RETURN;
            END IF;
        END IF;
        WHILE at < step LOOP
            at := at + 1;
            conditions := ARRAY(SELECT unnest(ways[at:at]));
            CONTINUE WHEN array_position(conditions, NULL) IS NOT NULL;
            SELECT array_agg(m.name_id), array_agg(m.terms) INTO ids, id_terms FROM names_that_meet_all(conditions, most) AS m;
            met := met || ids;
            met_terms := met_terms || id_terms;
        END LOOP;
        EXIT WHEN cardinality(met) >= most OR enough <= (SELECT count(*) FROM (
            SELECT FROM (SELECT DISTINCT unnest(met) AS name) AS each CROSS JOIN LATERAL (SELECT FROM patient_name_terms b WHERE b.name_id = each.name LIMIT enough) AS bearer LIMIT enough) AS counted);
    END LOOP;
    RETURN QUERY SELECT m.id, m.terms FROM unnest(met, met_terms) AS m (id, terms);
END $$;
