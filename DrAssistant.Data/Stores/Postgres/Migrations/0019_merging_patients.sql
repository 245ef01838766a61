-- Merging two records of one person. Nothing is copied and nothing is deleted: what refers to the merged record is filed under the one
-- that stays, a ledger says which rows that were, and undoing files exactly those back. See docs/adr/0008-merging-files-rows-anew.md.

CREATE TABLE patient_merges (
    id             uuid PRIMARY KEY,
    survivor_id    uuid         NOT NULL REFERENCES patients (id),
    merged_id      uuid         NOT NULL REFERENCES patients (id),
    status         varchar(20)  NOT NULL DEFAULT 'asked',
    choices        jsonb        NOT NULL DEFAULT '{}',
    reason         varchar(500) NOT NULL,
    asked_by       uuid         NOT NULL REFERENCES users (id),
    asked_at       timestamptz  NOT NULL,
    decided_by     uuid REFERENCES users (id),
    decided_at     timestamptz,
    decided_reason varchar(500),
    rows_filed     integer,
    undone_by      uuid REFERENCES users (id),
    undone_at      timestamptz,
    undone_reason  varchar(500),
    before         bytea,
    CONSTRAINT valid_merge_status CHECK (status IN ('asked', 'approved', 'declined', 'undone')),
    CONSTRAINT merge_of_two CHECK (survivor_id <> merged_id),
    CONSTRAINT merge_decision_is_whole CHECK ((status = 'asked') = (decided_by IS NULL) AND (decided_by IS NULL) = (decided_at IS NULL)),
    CONSTRAINT merge_undoing_is_whole CHECK ((status = 'undone') = (undone_by IS NOT NULL) AND (undone_by IS NULL) = (undone_at IS NULL))
);
COMMENT ON COLUMN patient_merges.choices IS 'of each demographic field that differs, whose value stays: survivor or merged; no value itself';
COMMENT ON COLUMN patient_merges.before IS 'ciphertext: the demographic fields of the survivor as they were, as JSON';
CREATE UNIQUE INDEX one_open_request_a_pair ON patient_merges (least(survivor_id, merged_id), greatest(survivor_id, merged_id)) WHERE status = 'asked';
CREATE UNIQUE INDEX merged_once ON patient_merges (merged_id) WHERE status = 'approved';
CREATE INDEX idx_patient_merges_survivor ON patient_merges (survivor_id);
CREATE INDEX idx_patient_merges_open ON patient_merges (asked_at) WHERE status = 'asked';

-- The ledger: which rows were filed anew. row_key is the row's primary key; was is what a row held beside its patient and must hold again.
CREATE TABLE patient_merge_moves (
    merge_id   uuid        NOT NULL REFERENCES patient_merges (id),
    table_name varchar(63) NOT NULL,
    row_key    jsonb       NOT NULL,
    was        jsonb,
    PRIMARY KEY (merge_id, table_name, row_key)
);

ALTER TABLE patient_merges ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient_merges FORCE ROW LEVEL SECURITY;
ALTER TABLE patient_merge_moves ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient_merge_moves FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON patient_merges TO clinic_app;
GRANT SELECT ON patient_merges, patient_merge_moves TO clinic_worker;
CREATE POLICY patient_merges_owner ON patient_merges TO clinic_owner USING (true) WITH CHECK (true);
CREATE POLICY patient_merges_worker ON patient_merges TO clinic_worker USING (true);
CREATE POLICY patient_merge_moves_owner ON patient_merge_moves TO clinic_owner USING (true) WITH CHECK (true);
CREATE POLICY patient_merge_moves_worker ON patient_merge_moves TO clinic_worker USING (true);

-- Reception, and doctors who care for both, ask; an admin decides, by the functions below and by nothing else.
CREATE POLICY patient_merges_read ON patient_merges FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IN ('admin', 'receptionist') OR ((SELECT clinic_role()) = 'doctor' AND asked_by = (SELECT clinic_user())));
CREATE POLICY patient_merges_ask ON patient_merges FOR INSERT TO clinic_app
    WITH CHECK (status = 'asked' AND asked_by = (SELECT clinic_user()) AND ((SELECT clinic_role()) = 'receptionist' OR ((SELECT clinic_role()) = 'doctor'
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer()) AND c.patient_id = survivor_id AND (c.until IS NULL OR c.until > now()))
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer()) AND c.patient_id = merged_id AND (c.until IS NULL OR c.until > now())))));

-- What is filed under a patient follows a merge: by every table with a patient_id, but for these, which say what was.
CREATE FUNCTION filed_by_patient() RETURNS TABLE (t regclass, key_columns text[])
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT c.oid::regclass, ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
            WHERE i.indrelid = c.oid AND i.indisprimary ORDER BY a.attnum)
    FROM pg_class c JOIN pg_attribute p ON p.attrelid = c.oid AND p.attname = 'patient_id' AND NOT p.attisdropped
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
        AND c.relname NOT IN (
            'audit_events',         -- whose record it was then; read under both ids
            'outbox_messages',      -- on their way
            'patient_names', 'patient_name_tokens', 'patient_photos', -- each record keeps its own, and leads to the other
            'note_presence')        -- who is writing at this moment
    ORDER BY c.relname = 'care_team' DESC, c.relname
$$;

-- While a merge is carried out, and at no other time, the functions of the owner reach the rows; and nobody can file a row under
-- another patient by a statement of their own.
CREATE FUNCTION is_refiling() RETURNS boolean
    LANGUAGE sql STABLE AS $$ SELECT current_user = 'clinic_owner' AND current_setting('app.refiling', true) = 'on' $$;

-- Makes a table follow merges. Every later migration that makes a table with a patient_id calls it (a test asks for it).
CREATE PROCEDURE follow_merges(t regclass)
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    k record;
BEGIN
    EXECUTE format('CREATE POLICY %I ON %s TO clinic_owner USING ((SELECT is_refiling())) WITH CHECK ((SELECT is_refiling()))',
        (SELECT relname FROM pg_class WHERE oid = t) || '_refile', t);
    FOR k IN SELECT conname FROM pg_constraint WHERE conrelid = t AND contype = 'f' AND cardinality(conkey) > 1 LOOP
        EXECUTE format('ALTER TABLE %s ALTER CONSTRAINT %I DEFERRABLE INITIALLY IMMEDIATE', t, k.conname);
    END LOOP;
END $$;
DO $$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT t FROM filed_by_patient() LOOP
        CALL follow_merges(f.t);
    END LOOP;
END $$;

-- Filing a row anew is no change of it: its updated_at stays, and what was signed or written for ever stays as it is.
CREATE FUNCTION only_refiled(was jsonb, becomes jsonb) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT is_refiling() AND was - 'patient_id' = becomes - 'patient_id'
$$;

CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF current_user = 'clinic_owner' AND only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    NEW.updated_at := now();
    RETURN NEW;
END $$;

CREATE FUNCTION refuse_change_but_refiling() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;
DROP TRIGGER note_versions_append_only ON note_versions;
CREATE TRIGGER note_versions_append_only BEFORE UPDATE OR DELETE ON note_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change_but_refiling();

CREATE OR REPLACE FUNCTION refuse_signed_note_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    -- What was signed stays what it was: only an amendment, as a new version, may follow.
    IF OLD.status <> 'draft' AND NOT (NEW.status = 'amended' AND NEW.version = OLD.version + 1) AND NOT only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'a signed note is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION refuse_signed_prescription_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'signed', 'cancelled') THEN
        RAISE EXCEPTION 'a draft is signed before it goes anywhere' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.status <> 'draft' AND (NEW.status = 'draft'
        OR (NEW.encounter_id, NEW.patient_id, NEW.doctor_id, NEW.signed_at, NEW.valid_from, NEW.valid_until, NEW.notes, NEW.replaces_id)
        IS DISTINCT FROM (OLD.encounter_id, OLD.patient_id, OLD.doctor_id, OLD.signed_at, OLD.valid_from, OLD.valid_until, OLD.notes, OLD.replaces_id)) THEN
        RAISE EXCEPTION 'a signed prescription is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

-- Refiling an appointment is no booking: the care team goes over by itself.
CREATE OR REPLACE TRIGGER appointments_join_care_team AFTER INSERT OR UPDATE ON appointments
    FOR EACH ROW WHEN (NOT is_refiling()) EXECUTE FUNCTION appointment_joins_care_team();

-- The demographic columns of a record and how much there is in it, and no clinical fact: for whoever may read the patient, and for an
-- admin only while the patient is one of the two of a merge that is asked for or done.
CREATE FUNCTION merge_side(patient uuid) RETURNS TABLE (
        details jsonb, visits bigint, last_visit timestamptz, ahead bigint, next_visit timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF NOT (clinic_role() = 'receptionist'
        OR (clinic_role() = 'doctor' AND EXISTS (SELECT FROM care_team c WHERE c.user_id = clinic_carer() AND c.patient_id = patient AND (c.until IS NULL OR c.until > now())))
        OR (clinic_role() = 'admin' AND EXISTS (SELECT FROM patient_merges m WHERE patient IN (m.survivor_id, m.merged_id) AND m.status IN ('asked', 'approved')))) THEN
        RETURN;
    END IF;
    PERFORM set_config('app.refiling', 'on', true);
    RETURN QUERY SELECT
        (SELECT jsonb_object_agg(f.key, f.value) FROM jsonb_each(to_jsonb(p)) f WHERE f.key IN ('id', 'mrn', 'first_name', 'last_name',
            'date_of_birth', 'date_of_birth_estimated', 'gender', 'phone', 'email', 'abha_id', 'abha_address', 'address', 'emergency_contact',
            'guardian', 'blood_group', 'preferred_language', 'created_at', 'status', 'merged_into')),
        (SELECT count(*) FROM encounters e WHERE e.patient_id = p.id AND e.status <> 'cancelled'),
        (SELECT max(e.start_time) FROM encounters e WHERE e.patient_id = p.id AND e.status <> 'cancelled'),
        (SELECT count(*) FROM appointments a WHERE a.patient_id = p.id AND a.start_time > now() AND a.status IN ('scheduled', 'confirmed')),
        (SELECT min(a.start_time) FROM appointments a WHERE a.patient_id = p.id AND a.start_time > now() AND a.status IN ('scheduled', 'confirmed'))
        FROM patients p WHERE p.id = patient;
    PERFORM set_config('app.refiling', '', true);
END $$;

-- What stands in the way: two appointments at one time, two open visits with one doctor. Read by the functions only.
CREATE FUNCTION merge_obstacles(one uuid, other uuid) RETURNS TABLE (kind text, at timestamptz, doctor text)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF coalesce(clinic_role(), '') NOT IN ('receptionist', 'admin') AND (SELECT count(DISTINCT c.patient_id) FROM care_team c
        WHERE c.user_id = clinic_carer() AND c.patient_id IN (one, other) AND (c.until IS NULL OR c.until > now())) < 2 THEN
        RETURN;
    END IF;
    PERFORM set_config('app.refiling', 'on', true);
    RETURN QUERY
        SELECT 'appointments', greatest(a.start_time, b.start_time), concat_ws(' and ', u.full_name, nullif(v.full_name, u.full_name))
        FROM appointments a JOIN appointments b ON tstzrange(a.start_time, a.end_time, '[)') && tstzrange(b.start_time, b.end_time, '[)')
        JOIN users u ON u.id = a.doctor_id JOIN users v ON v.id = b.doctor_id
        WHERE a.patient_id = one AND b.patient_id = other AND a.status NOT IN ('cancelled', 'no_show') AND b.status NOT IN ('cancelled', 'no_show')
            AND a.appointment_type <> 'urgent' AND b.appointment_type <> 'urgent'
        UNION ALL
        SELECT 'visits', greatest(a.start_time, b.start_time), u.full_name::text
        FROM encounters a JOIN encounters b ON b.doctor_id = a.doctor_id AND b.status = 'in_progress' JOIN users u ON u.id = a.doctor_id
        WHERE a.patient_id = one AND b.patient_id = other AND a.status = 'in_progress'
        ORDER BY 1, 2;
    PERFORM set_config('app.refiling', '', true);
END $$;

-- Files every row of one patient under another, the care team first: its triggers would otherwise write it anew. Internal.
CREATE FUNCTION refile(merge uuid, giver uuid, taker uuid) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    f record;
    key_of text;
    filed integer := 0;
    n integer;
BEGIN
    FOR f IN SELECT * FROM filed_by_patient() LOOP
        IF NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = f.t AND p.polname = (SELECT relname FROM pg_class WHERE oid = f.t) || '_refile') THEN
            RAISE EXCEPTION '% does not follow merges', f.t USING ERRCODE = 'feature_not_supported';
        END IF;
        key_of := (SELECT string_agg(format('%L, r.%I', k, k), ', ') FROM unnest(f.key_columns) k);
        EXECUTE format('INSERT INTO patient_merge_moves (merge_id, table_name, row_key)
            SELECT $1, %L, jsonb_build_object(%s) FROM %s r WHERE r.patient_id = $2 %s', f.t::text, key_of, f.t,
            CASE f.t::text WHEN 'care_team' THEN 'AND (r.until IS NOT NULL OR NOT EXISTS (SELECT FROM care_team o WHERE o.patient_id = $3 AND o.user_id = r.user_id AND o.until IS NULL))' ELSE '' END)
            USING merge, giver, taker;
        EXECUTE format('UPDATE %s r SET patient_id = $3 WHERE r.patient_id = $2
            AND jsonb_build_object(%s) IN (SELECT m.row_key FROM patient_merge_moves m WHERE m.merge_id = $1 AND m.table_name = %L)', f.t, key_of, f.t::text)
            USING merge, giver, taker;
        GET DIAGNOSTICS n = ROW_COUNT;
        filed := filed + n;
    END LOOP;

    -- Who is on both teams already has the one place that counts; the other ends, so that nothing is written under the merged record.
    INSERT INTO patient_merge_moves (merge_id, table_name, row_key, was)
        SELECT merge, 'care_team.until', jsonb_build_object('id', c.id), '{}' FROM care_team c WHERE c.patient_id = giver AND c.until IS NULL;
    UPDATE care_team c SET until = now() WHERE c.patient_id = giver AND c.until IS NULL;
    RETURN filed;
END $$;

-- What a row of patients repeats of the record beside it, and what is one for both: allergies asked for, alive, a patient still.
CREATE FUNCTION joined_facts(s patients, o patients) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object(
        'status', CASE WHEN o.status = 'active' THEN 'active' ELSE s.status END,
        'deceased_at', coalesce(s.deceased_at, o.deceased_at),
        'allergies', (SELECT array_agg(DISTINCT a ORDER BY a) FROM unnest(coalesce(s.allergies, '{}') || coalesce(o.allergies, '{}')) a),
        'allergies_status', CASE WHEN 'known' IN (s.allergies_status, o.allergies_status) THEN 'known'
            WHEN 'none_known' IN (s.allergies_status, o.allergies_status) THEN 'none_known' ELSE 'not_asked' END,
        'allergies_recorded_at', greatest(s.allergies_recorded_at, o.allergies_recorded_at))
$$;
CREATE FUNCTION facts_of(p patients) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
    SELECT jsonb_build_object('status', p.status, 'deceased_at', p.deceased_at, 'allergies', p.allergies,
        'allergies_status', p.allergies_status, 'allergies_recorded_at', p.allergies_recorded_at)
$$;
CREATE FUNCTION set_facts(patient uuid, facts jsonb) RETURNS void
    LANGUAGE sql SET search_path = public, pg_temp AS $$
    UPDATE patients p SET status = f.status, deceased_at = f.deceased_at, allergies = f.allergies, allergies_status = f.allergies_status,
        allergies_recorded_at = f.allergies_recorded_at
    FROM jsonb_populate_record(NULL::patients, facts) f WHERE p.id = patient
$$;

-- Sets demographic columns of a record to what a merge or its undoing says; nothing else of it can be set this way.
CREATE FUNCTION set_details(patient uuid, details jsonb) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    k text;
BEGIN
    FOR k IN SELECT jsonb_object_keys(details) LOOP
        IF k NOT IN ('first_name', 'last_name', 'date_of_birth', 'date_of_birth_estimated', 'gender', 'phone', 'phone_index', 'phone_tail_index',
            'email', 'email_index', 'abha_id', 'abha_index', 'abha_address', 'abha_address_index', 'address', 'emergency_contact', 'guardian',
            'blood_group', 'preferred_language') THEN
            RAISE EXCEPTION '% is not for a merge to set', k USING ERRCODE = 'insufficient_privilege';
        END IF;
        EXECUTE format('UPDATE patients SET %I = (jsonb_populate_record(NULL::patients, $2)).%I WHERE id = $1', k, k) USING patient, details;
    END LOOP;
END $$;

-- Approves: one transaction or nothing. False when it was decided already.
CREATE FUNCTION carry_out_merge(merge uuid, why text, details jsonb, was bytea, gives_abha boolean, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    m patient_merges;
    s patients;
    o patients;
    n integer;
BEGIN
    IF clinic_role() IS DISTINCT FROM 'admin' THEN
        RAISE EXCEPTION 'merging is for admins' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO m FROM patient_merges WHERE id = merge FOR UPDATE;
    IF m.status IS DISTINCT FROM 'asked' THEN
        RETURN false;
    END IF;
    PERFORM FROM patients WHERE id IN (m.survivor_id, m.merged_id) ORDER BY id FOR UPDATE;
    SELECT * INTO s FROM patients WHERE id = m.survivor_id;
    SELECT * INTO o FROM patients WHERE id = m.merged_id;
    IF s.status = 'merged' OR o.status = 'merged' OR EXISTS (SELECT FROM merge_obstacles(s.id, o.id)) THEN
        RAISE EXCEPTION 'something stands in the way of the merge' USING ERRCODE = 'restrict_violation';
    END IF;

    PERFORM set_config('app.refiling', 'on', true);
    SET CONSTRAINTS ALL DEFERRED;
    n := refile(m.id, o.id, s.id);
    SET CONSTRAINTS ALL IMMEDIATE;

    INSERT INTO patient_merge_moves (merge_id, table_name, row_key, was) VALUES
        (m.id, 'patients', jsonb_build_object('id', s.id), jsonb_build_object('was', facts_of(s), 'became', joined_facts(s, o))),
        (m.id, 'patients', jsonb_build_object('id', o.id), jsonb_build_object('was', facts_of(o)));
    UPDATE patients SET status = 'merged', merged_into = s.id, abha_index = CASE WHEN gives_abha THEN NULL ELSE abha_index END WHERE id = o.id;
    PERFORM set_details(s.id, details);
    PERFORM set_facts(s.id, joined_facts(s, o));
    UPDATE patient_merges SET status = 'approved', decided_by = clinic_user(), decided_at = at, decided_reason = why, before = was, rows_filed = n WHERE id = m.id;
    PERFORM set_config('app.refiling', '', true);
    RETURN true;
END $$;

CREATE FUNCTION decline_merge(merge uuid, why text, at timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF clinic_role() IS DISTINCT FROM 'admin' THEN
        RAISE EXCEPTION 'merging is for admins' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE patient_merges SET status = 'declined', decided_by = clinic_user(), decided_at = at, decided_reason = why WHERE id = merge AND status = 'asked';
    RETURN FOUND;
END $$;

-- How many rows were written to the record that stays since the merge: an undoing leaves them there.
CREATE FUNCTION written_since_merge(merge uuid) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    f record;
    m patient_merges;
    n bigint;
    total bigint := 0;
BEGIN
    SELECT * INTO m FROM patient_merges WHERE id = merge AND status = 'approved' AND clinic_role() = 'admin';
    IF m.id IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM set_config('app.refiling', 'on', true);
    FOR f IN SELECT p.t FROM filed_by_patient() p JOIN pg_attribute a ON a.attrelid = p.t AND a.attname = 'created_at' LOOP
        EXECUTE format('SELECT count(*) FROM %s WHERE patient_id = $1 AND created_at > $2', f.t) INTO n USING m.survivor_id, m.decided_at;
        total := total + n;
    END LOOP;
    PERFORM set_config('app.refiling', '', true);
    RETURN total;
END $$;

-- Undoes: files back exactly what the ledger says, and what hangs on it since. NULL when it is not there to be undone.
CREATE FUNCTION undo_merge(merge uuid, why text, details jsonb, abha bytea, at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    m patient_merges;
    f record;
    back integer := 0;
    n integer;
    facts jsonb;
    now_is jsonb;
BEGIN
    IF clinic_role() IS DISTINCT FROM 'admin' THEN
        RAISE EXCEPTION 'merging is for admins' USING ERRCODE = 'insufficient_privilege';
    END IF;
    SELECT * INTO m FROM patient_merges WHERE id = merge FOR UPDATE;
    IF m.status IS DISTINCT FROM 'approved' THEN
        RETURN NULL;
    END IF;
    PERFORM FROM patients WHERE id IN (m.survivor_id, m.merged_id) ORDER BY id FOR UPDATE;
    IF EXISTS (SELECT FROM patient_merges l WHERE l.status = 'approved' AND l.merged_id = m.survivor_id) THEN
        RAISE EXCEPTION 'the record that stayed was merged itself' USING ERRCODE = 'restrict_violation';
    END IF;

    PERFORM set_config('app.refiling', 'on', true);
    SET CONSTRAINTS ALL DEFERRED;
    UPDATE care_team c SET until = NULL FROM patient_merge_moves l
        WHERE l.merge_id = m.id AND l.table_name = 'care_team.until' AND c.id = (l.row_key ->> 'id')::uuid;
    FOR f IN SELECT p.t, (SELECT string_agg(format('%L, r.%I', k, k), ', ') FROM unnest(p.key_columns) k) AS key_of FROM filed_by_patient() p LOOP
        EXECUTE format('UPDATE %s r SET patient_id = $3 WHERE r.patient_id = $2
            AND jsonb_build_object(%s) IN (SELECT l.row_key FROM patient_merge_moves l WHERE l.merge_id = $1 AND l.table_name = %L)', f.t, f.key_of, f.t::text)
            USING m.id, m.survivor_id, m.merged_id;
        GET DIAGNOSTICS n = ROW_COUNT;
        back := back + n;
    END LOOP;

    -- What was written since and belongs to a row that went back goes with it: a value of its order, a visit of its appointment.
    LOOP
        n := 0;
        FOR f IN SELECT k.conrelid::regclass AS child, k.confrelid::regclass AS parent, a.attname AS refers
            FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1] AND a.attname <> 'patient_id'
            WHERE k.contype = 'f' AND k.conrelid IN (SELECT t FROM filed_by_patient()) AND k.confrelid IN (SELECT t FROM filed_by_patient()) LOOP
            EXECUTE format('WITH followed AS (UPDATE %s c SET patient_id = $2 FROM %s p WHERE p.id = c.%I AND p.patient_id = $2 AND c.patient_id = $1 RETURNING 1)
                SELECT $3 + count(*) FROM followed', f.child, f.parent, f.refers) INTO n USING m.survivor_id, m.merged_id, n;
        END LOOP;
        EXIT WHEN n = 0;
        back := back + n;
    END LOOP;
    SET CONSTRAINTS ALL IMMEDIATE;

    PERFORM set_details(m.survivor_id, details);
    UPDATE patients p SET status = l.was -> 'was' ->> 'status', merged_into = NULL, abha_index = coalesce(p.abha_index, abha)
        FROM patient_merge_moves l WHERE l.merge_id = m.id AND l.table_name = 'patients' AND l.row_key = jsonb_build_object('id', m.merged_id) AND p.id = m.merged_id;

    -- What somebody changed since is newer than the merge and stays.
    SELECT l.was INTO facts FROM patient_merge_moves l WHERE l.merge_id = m.id AND l.table_name = 'patients' AND l.row_key = jsonb_build_object('id', m.survivor_id);
    SELECT facts_of(p) INTO now_is FROM patients p WHERE p.id = m.survivor_id;
    PERFORM set_facts(m.survivor_id, (SELECT jsonb_object_agg(k, CASE WHEN now_is -> k = facts -> 'became' -> k THEN facts -> 'was' -> k ELSE now_is -> k END)
        FROM jsonb_object_keys(now_is) k));
    UPDATE patient_merges SET status = 'undone', undone_by = clinic_user(), undone_at = at, undone_reason = why WHERE id = m.id;
    PERFORM set_config('app.refiling', '', true);
    RETURN back;
END $$;

DO $$
DECLARE
    f record;
BEGIN
    FOR f IN SELECT p.oid::regprocedure AS signature, p.proname FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.proname IN (
        'merge_side', 'merge_obstacles', 'refile', 'set_details', 'carry_out_merge', 'decline_merge', 'written_since_merge', 'undo_merge') LOOP
        EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f.signature);
        IF f.proname NOT IN ('refile', 'set_details') THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO clinic_app', f.signature);
        END IF;
    END LOOP;
END $$;

-- Admins are told that a merge is asked for, and who asked is told what became of it. No name stands in the text: an alert is shown with
-- the patient's, which every member of staff may see.
CREATE FUNCTION tell_of_merge() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message, source, source_id, action_url)
            SELECT gen_random_uuid(), u.id, NEW.survivor_id, 'other', 'medium', 'Two records to be merged',
                (SELECT full_name FROM users WHERE id = NEW.asked_by) || ' asks whether two records are one person.', 'merge', NEW.id, '/admin/merges/' || NEW.id
            FROM users u WHERE u.status = 'active' AND u.role = 'admin';
    ELSIF NEW.status <> OLD.status THEN
        INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message, source, source_id, action_url)
            SELECT gen_random_uuid(), NEW.asked_by, NEW.survivor_id, 'other', 'low', 'A merge was ' || NEW.status,
                (SELECT full_name FROM users WHERE id = clinic_user()) || CASE NEW.status
                    WHEN 'approved' THEN ' approved the merge that you asked for. Both numbers lead to the record that stays.'
                    WHEN 'declined' THEN ' declined the merge that you asked for. Both records stay as they are.'
                    ELSE ' undid the merge that you asked for. The two records are apart again.' END,
                'merge', NEW.id, '/patients/merge/' || NEW.survivor_id || '/' || NEW.merged_id
            WHERE NEW.asked_by <> clinic_user();
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION tell_of_merge() FROM PUBLIC;
CREATE TRIGGER patient_merges_told AFTER INSERT OR UPDATE ON patient_merges
    FOR EACH ROW EXECUTE FUNCTION tell_of_merge();
