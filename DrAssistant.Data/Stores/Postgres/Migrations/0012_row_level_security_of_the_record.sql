-- The clinical record: doctors and nurses, for the patients in their care. Reception and admins have no policy here,
-- so they read no row even by a statement of their own.

DO $$
DECLARE
    t text;
    in_care constant text := 'EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = %1$I.patient_id AND (c.until IS NULL OR c.until > now()))';
    doctor constant text := '(SELECT clinic_role()) = ''doctor''';
BEGIN
    FOREACH t IN ARRAY ARRAY['encounters', 'observations', 'conditions', 'procedures', 'immunizations', 'clinical_notes',
        'note_versions', 'documents', 'prescriptions', 'prescription_items', 'orders', 'order_items', 'results'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('GRANT SELECT, INSERT, UPDATE ON %I TO clinic_app, clinic_worker', t);
        EXECUTE format('CREATE POLICY %1$I ON %2$I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('CREATE POLICY ' || t || '_read ON %1$I FOR SELECT TO clinic_app USING (' || in_care || ')', t);
    END LOOP;

    -- Nurses record measurements and draft notes.
    FOREACH t IN ARRAY ARRAY['observations', 'conditions', 'procedures', 'immunizations', 'clinical_notes', 'note_versions', 'documents'] LOOP
        EXECUTE format('CREATE POLICY ' || t || '_record ON %1$I FOR INSERT TO clinic_app WITH CHECK (' || in_care || ')', t);
        EXECUTE format('CREATE POLICY ' || t || '_edit ON %1$I FOR UPDATE TO clinic_app USING (' || in_care || ')', t);
    END LOOP;

    -- Only a doctor prescribes and orders, and only in their own name.
    FOREACH t IN ARRAY ARRAY['encounters', 'prescriptions', 'orders'] LOOP
        EXECUTE format('CREATE POLICY ' || t || '_write ON %1$I FOR INSERT TO clinic_app
            WITH CHECK (' || doctor || ' AND doctor_id = (SELECT clinic_user()) AND ' || in_care || ')', t);
    END LOOP;
    EXECUTE format('CREATE POLICY encounters_edit ON %1$I FOR UPDATE TO clinic_app USING (' || doctor || ' AND ' || in_care || ')', 'encounters');

    -- A colleague in the same care may see another's prescription or order on its way or stop it, never write or sign it.
    FOREACH t IN ARRAY ARRAY['prescriptions', 'orders'] LOOP
        EXECUTE format('CREATE POLICY ' || t || '_edit ON %1$I FOR UPDATE TO clinic_app
            USING (' || doctor || ' AND ' || in_care || ')
            WITH CHECK (' || doctor || ' AND ' || in_care || ' AND (doctor_id = (SELECT clinic_user())
                OR status IN (''sent'', ''dispensed'', ''in_progress'', ''completed'', ''cancelled'')))', t);
    END LOOP;
    FOREACH t IN ARRAY ARRAY['prescription_items', 'order_items', 'results'] LOOP
        EXECUTE format('CREATE POLICY ' || t || '_write ON %1$I FOR INSERT TO clinic_app WITH CHECK (' || doctor || ' AND ' || in_care || ')', t);
        EXECUTE format('CREATE POLICY ' || t || '_edit ON %1$I FOR UPDATE TO clinic_app USING (' || doctor || ' AND ' || in_care || ')', t);
    END LOOP;
END $$;

-- A nurse drafts a note; only a doctor signs or amends one.
CREATE POLICY clinical_notes_sign_new ON clinical_notes AS RESTRICTIVE FOR INSERT TO clinic_app
    WITH CHECK (status = 'draft' OR (SELECT clinic_role()) = 'doctor');
CREATE POLICY clinical_notes_sign ON clinical_notes AS RESTRICTIVE FOR UPDATE TO clinic_app
    USING (true) WITH CHECK (status = 'draft' OR (SELECT clinic_role()) = 'doctor');

-- Versions are written, never rewritten.
REVOKE UPDATE ON note_versions FROM clinic_app, clinic_worker;

-- Items of a draft may be taken out; nothing else is ever deleted.
GRANT DELETE ON prescription_items, order_items TO clinic_app;
CREATE POLICY prescription_items_remove ON prescription_items FOR DELETE TO clinic_app
    USING ((SELECT clinic_role()) = 'doctor' AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = prescription_items.patient_id AND (c.until IS NULL OR c.until > now()))
        AND EXISTS (SELECT 1 FROM prescriptions p WHERE p.id = prescription_id AND p.status = 'draft'));
CREATE POLICY order_items_remove ON order_items FOR DELETE TO clinic_app
    USING ((SELECT clinic_role()) = 'doctor' AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = order_items.patient_id AND (c.until IS NULL OR c.until > now()))
        AND EXISTS (SELECT 1 FROM orders o WHERE o.id = order_id AND o.status = 'draft'));

ALTER TABLE tasks ENABLE ROW LEVEL SECURITY;
ALTER TABLE tasks FORCE ROW LEVEL SECURITY;
ALTER TABLE alerts ENABLE ROW LEVEL SECURITY;
ALTER TABLE alerts FORCE ROW LEVEL SECURITY;
ALTER TABLE imported_resources ENABLE ROW LEVEL SECURITY;
ALTER TABLE imported_resources FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON tasks, alerts TO clinic_app, clinic_worker;
GRANT SELECT, INSERT ON imported_resources TO clinic_worker;

CREATE POLICY tasks_worker ON tasks TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY tasks_read ON tasks FOR SELECT TO clinic_app
    USING (((SELECT clinic_role()) IS NOT NULL AND (SELECT clinic_user()) IN (assigned_to, created_by))
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = tasks.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY tasks_write ON tasks FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IS NOT NULL AND created_by = (SELECT clinic_user()));
CREATE POLICY tasks_edit ON tasks FOR UPDATE TO clinic_app
    USING (((SELECT clinic_role()) IS NOT NULL AND (SELECT clinic_user()) IN (assigned_to, created_by))
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = tasks.patient_id AND (c.until IS NULL OR c.until > now())));

-- An alert belongs to one person; anybody on the staff may raise one for somebody else.
CREATE POLICY alerts_worker ON alerts TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY alerts_owner ON alerts FOR INSERT TO clinic_owner WITH CHECK (true);
CREATE POLICY alerts_read ON alerts FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IS NOT NULL AND user_id = (SELECT clinic_user()));
CREATE POLICY alerts_edit ON alerts FOR UPDATE TO clinic_app USING ((SELECT clinic_role()) IS NOT NULL AND user_id = (SELECT clinic_user()));
CREATE POLICY alerts_raise ON alerts FOR INSERT TO clinic_app WITH CHECK ((SELECT clinic_role()) IS NOT NULL);

CREATE POLICY imported_resources_worker ON imported_resources TO clinic_worker USING (true) WITH CHECK (true);

GRANT SELECT, INSERT, UPDATE ON pharmacies, formulary_medicines, order_catalogue, providers TO clinic_app, clinic_worker;
