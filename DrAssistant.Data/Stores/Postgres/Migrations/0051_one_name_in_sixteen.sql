-- One word is met by tens of thousands of names, and the index gathered all of them for the few hundred that are weighed. One name in sixteen has an index of its own: where that
-- leads to enough, they are as good as any; where it does not, the others are few.
CREATE FUNCTION stands_for_sixteen(digest uuid) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE RETURN get_byte(uuid_send(digest), 1) % 16 = 0;
CREATE INDEX idx_known_names_sixteenth ON known_names USING gin (terms) WITH (fastupdate = off) WHERE stands_for_sixteen(digest);

CREATE OR REPLACE FUNCTION names_that_meet_all(c tsquery[], most integer) RETURNS TABLE (name_id bigint, terms tsvector)
    LANGUAGE plpgsql STABLE ROWS 200 SET search_path = public, pg_temp SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    met integer;
BEGIN
    CASE cardinality(c)
        WHEN 1 THEN
            RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND stands_for_sixteen(n.digest) LIMIT most;
            GET DIAGNOSTICS met = ROW_COUNT;
            IF met < most THEN
                RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND NOT stands_for_sixteen(n.digest) LIMIT most - met;
            END IF;
        WHEN 2 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] LIMIT most;
        WHEN 3 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] LIMIT most;
        WHEN 4 THEN RETURN QUERY SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] AND n.terms @@ c[4] LIMIT most;
        WHEN 5 THEN RETURN QUERY
            SELECT n.id, n.terms FROM known_names n WHERE n.terms @@ c[1] AND n.terms @@ c[2] AND n.terms @@ c[3] AND n.terms @@ c[4] AND n.terms @@ c[5] LIMIT most;
    END CASE;
END $$;
