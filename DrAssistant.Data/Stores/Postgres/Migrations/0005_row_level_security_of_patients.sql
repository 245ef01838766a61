-- Who sees whom. Nobody, and nobody who has left, sees a row: every policy for clinic_app asks for the role, which only
-- an active person has, or for the carer, whom only an active doctor or nurse is.

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['patients', 'patient_names', 'care_team', 'allergies', 'consents'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
    END LOOP;
END $$;

-- The functions and triggers of this schema run as its owner; the owner reads and writes nothing else.
CREATE POLICY care_team_owner ON care_team TO clinic_owner USING (true) WITH CHECK (true);
CREATE POLICY patient_names_owner ON patient_names TO clinic_owner USING (true) WITH CHECK (true);

-- Reception registers and edits everybody; a doctor or nurse sees the patients in their care.
CREATE POLICY patients_read ON patients FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) = 'receptionist' OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = patients.id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY patients_register ON patients FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'doctor', 'nurse'));
CREATE POLICY patients_edit ON patients FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) = 'receptionist' OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = patients.id AND (c.until IS NULL OR c.until > now())));

-- The name, age and sex of anybody: every active member of staff, and nobody else.
CREATE POLICY patient_names_read ON patient_names FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IS NOT NULL);

-- One's own memberships: what the policies ask. The rest of a team is read by care_team_of().
CREATE POLICY care_team_read ON care_team FOR SELECT TO clinic_app
    USING (user_id = (SELECT clinic_carer()));

CREATE POLICY allergies_read ON allergies FOR SELECT TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = allergies.patient_id AND (c.until IS NULL OR c.until > now())));
-- Reception may write down an allergy at registration; reading the record stays clinical.
CREATE POLICY allergies_record ON allergies FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) = 'receptionist' OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = allergies.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY allergies_edit ON allergies FOR UPDATE TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = allergies.patient_id AND (c.until IS NULL OR c.until > now())));

CREATE POLICY consents_all ON consents TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = consents.patient_id AND (c.until IS NULL OR c.until > now())))
    WITH CHECK ((SELECT clinic_role()) = 'receptionist' OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = consents.patient_id AND (c.until IS NULL OR c.until > now())));

-- Breaking the glass: the only way a doctor or nurse reaches a chart outside their care, and it cannot be done
-- without the reason, the critical audit event and the alerts, because one function does all four.
CREATE FUNCTION break_glass(patient uuid, why text, session uuid) RETURNS timestamptz
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    ends timestamptz := now() + interval '4 hours';
    usual uuid;
BEGIN
    IF coalesce(clinic_role(), '') NOT IN ('doctor', 'nurse') THEN
        RAISE EXCEPTION 'breaking the glass is for doctors and nurses' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF char_length(btrim(coalesce(why, ''))) < 10 THEN
        RAISE EXCEPTION 'a reason of at least 10 characters is needed' USING ERRCODE = 'check_violation';
    END IF;
    INSERT INTO care_team (id, patient_id, user_id, reason, note, until, added_by)
        VALUES (gen_random_uuid(), patient, clinic_user(), 'break_glass', btrim(why), ends, clinic_user());
    INSERT INTO audit_events (id, actor_id, actor_role, session_id, action, event, severity, patient_id, resource_type, resource_id, reason)
        VALUES (gen_random_uuid(), clinic_user(), clinic_role(), session, 'E', 'chart.break-glass', 'critical', patient, 'patient', patient, btrim(why));
    SELECT c.user_id INTO usual FROM care_team c JOIN users u ON u.id = c.user_id
        WHERE c.patient_id = patient AND c.until IS NULL AND u.role = 'doctor' AND u.status = 'active'
        ORDER BY c.since LIMIT 1;
    INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message, source, source_id)
        SELECT gen_random_uuid(), u.id, patient, 'system', 'high', 'Break-glass on a patient record',
               (SELECT full_name FROM users WHERE id = clinic_user()) || ' opened a chart outside their care.', 'break_glass', patient
        FROM users u WHERE u.status = 'active' AND (u.role = 'admin' OR u.id = usual);
    RETURN ends;
END $$;
REVOKE ALL ON FUNCTION break_glass(uuid, text, uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION break_glass(uuid, text, uuid) TO clinic_app;
