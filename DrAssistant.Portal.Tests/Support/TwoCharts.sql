-- A small practice with two patients: Meera in the care of Dr. Asha and the nurse Nila, Ravi in that of Dr. Basu.
-- Every table that holds something about a patient has a row about each of them, so that a test can ask any table who
-- sees whose row. Run as clinic_worker.

INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
SELECT id, name, name || '@clinic.example', initcap(name), role, 'x', upper(name), upper(name || '@clinic.example')
FROM (VALUES
    ('0000000a-0000-7000-8000-000000000001'::uuid, 'asha', 'doctor'),
    ('0000000a-0000-7000-8000-000000000002', 'basu', 'doctor'),
    ('0000000a-0000-7000-8000-000000000003', 'nila', 'nurse'),
    ('0000000a-0000-7000-8000-000000000005', 'desk', 'receptionist'),
    ('0000000a-0000-7000-8000-000000000006', 'admin', 'admin'),
    ('0000000a-0000-7000-8000-000000000007', 'former', 'doctor')) person (id, name, role);

INSERT INTO patients (id, mrn, first_name, last_name, date_of_birth, gender) VALUES
    ('0000000b-0000-7000-8000-000000000001', 'DA-1', 'Meera', 'Nair', '1980-02-01', 'female'),
    ('0000000b-0000-7000-8000-000000000002', 'DA-2', 'Ravi', 'Rao', '1975-06-30', 'male');

DO $$
DECLARE
    meera CONSTANT uuid := '0000000b-0000-7000-8000-000000000001';
    asha CONSTANT uuid := '0000000a-0000-7000-8000-000000000001';
    basu CONSTANT uuid := '0000000a-0000-7000-8000-000000000002';
    former CONSTANT uuid := '0000000a-0000-7000-8000-000000000007';
    patient uuid;
    doctor uuid;
    visit uuid;
    booking uuid;
    paper uuid;
    item uuid;
    finding uuid;
    starts timestamptz := '2026-11-02 04:30Z';
BEGIN
    FOR patient, doctor IN SELECT id, CASE id WHEN meera THEN asha ELSE basu END FROM patients LOOP
        booking := gen_random_uuid();
        visit := gen_random_uuid();
        INSERT INTO appointments (id, doctor_id, patient_id, start_time, end_time, appointment_type)
            VALUES (booking, doctor, patient, starts, starts + interval '15 minutes', 'in_person');
        INSERT INTO encounters (id, appointment_id, doctor_id, patient_id, encounter_type, start_time)
            VALUES (visit, booking, doctor, patient, 'office_visit', '2026-11-02 04:30Z');
        INSERT INTO follow_ups (id, encounter_id, patient_id, doctor_id, due_on, set_at)
            VALUES (gen_random_uuid(), visit, patient, doctor, '2026-11-16', '2026-11-02 04:40Z');
        INSERT INTO observations (id, patient_id, encounter_id, category, code, code_system, name, value_number, effective_at)
            VALUES (gen_random_uuid(), patient, visit, 'vital-signs', '8867-4', 'http://loinc.org', 'Heart rate', 72, '2026-11-02 04:31Z');
        INSERT INTO conditions (id, patient_id, encounter_id, name, recorded_at)
            VALUES (gen_random_uuid(), patient, visit, 'Hypertension', '2026-11-02 04:32Z');
        INSERT INTO procedures (id, patient_id, encounter_id, name, started_at)
            VALUES (gen_random_uuid(), patient, visit, 'Wound dressing', '2026-11-02 04:33Z');
        INSERT INTO immunizations (id, patient_id, encounter_id, code, code_system, name, given_at)
            VALUES (gen_random_uuid(), patient, visit, '140', 'http://hl7.org/fhir/sid/cvx', 'Influenza', '2026-11-02 04:34Z');
        INSERT INTO allergies (id, patient_id, substance) VALUES (gen_random_uuid(), patient, 'Penicillin');
        INSERT INTO consents (id, patient_id, purpose, notice_version, given_at, given_how, recorded_by)
            VALUES (gen_random_uuid(), patient, 'treatment', '1', '2026-11-02 04:30Z', 'spoken', doctor);
        INSERT INTO patient_photos (patient_id, media_type, content, changed_at) VALUES (patient, 'image/jpeg', '\xffd8ff', '2026-11-02 04:30Z');
        INSERT INTO patient_name_index (patient_id, terms) VALUES (patient, 'name');
        INSERT INTO clinical_notes (id, patient_id, encounter_id, doctor_id, body) VALUES (gen_random_uuid(), patient, visit, doctor, '{}');
        INSERT INTO note_versions (id, patient_id, encounter_id, doctor_id, status, version, created_at, updated_at, body)
            VALUES (gen_random_uuid(), patient, visit, doctor, 'draft', 1, '2026-11-02 04:30Z', '2026-11-02 04:30Z', '{}');
        INSERT INTO note_amendments (id, patient_id, encounter_id, doctor_id, body) VALUES (gen_random_uuid(), patient, visit, doctor, '{}');
        INSERT INTO recordings (id, patient_id, encounter_id, doctor_id, recorded_by, consent_id, mime_type, expires_at, retention_reason)
            SELECT gen_random_uuid(), patient, visit, doctor, doctor, c.id, 'audio/webm', '2027-02-01Z', 'a test' FROM consents c WHERE c.patient_id = patient LIMIT 1;
        INSERT INTO voice_recordings (id, patient_id, encounter_id, doctor_id, status, body) VALUES (gen_random_uuid(), patient, visit, doctor, 'recording', '{}');
        INSERT INTO transcripts (id, patient_id, encounter_id, doctor_id, status, body) VALUES (gen_random_uuid(), patient, visit, doctor, 'typed', '{}');
        INSERT INTO note_drafts (id, patient_id, encounter_id, doctor_id, body) VALUES (gen_random_uuid(), patient, visit, doctor, '{}');
        INSERT INTO documents (id, patient_id, doctor_id, status, body) VALUES (gen_random_uuid(), patient, doctor, 'stored', '{}');

        paper := gen_random_uuid();
        INSERT INTO prescriptions (id, encounter_id, patient_id, doctor_id) VALUES (paper, visit, patient, doctor);
        INSERT INTO prescription_items (id, prescription_id, patient_id, medication_name, dosage, frequency)
            VALUES (gen_random_uuid(), paper, patient, 'Amlodipine 5 mg', '1 tablet', '1-0-0') RETURNING id INTO item;
        INSERT INTO prescription_findings (id, prescription_id, patient_id, doctor_id, finding_key, kind, severity, shown, data_version, shown_at)
            VALUES (gen_random_uuid(), paper, patient, doctor, 'a key', 'interaction', 'serious', '{}', '1', '2026-11-02 04:35Z');
        INSERT INTO prescription_papers (id, prescription_id, patient_id, sheet) VALUES (gen_random_uuid(), paper, patient, '\x00');
        INSERT INTO prescription_pdfs (id, prescription_id, patient_id, size, object_key, content_length, content_sha256)
            VALUES (gen_random_uuid(), paper, patient, 'a5', 'a key', 1, 'a hash');
        INSERT INTO h1_register (id, item_id, prescription_id, patient_id, prescriber_id, prescriber, signed_at, medicine, quantity)
            VALUES (gen_random_uuid(), item, paper, patient, doctor, 'Doctor', '2026-11-02 04:36Z', 'Tramadol', '10 tablets');
        paper := gen_random_uuid();
        item := gen_random_uuid();
        INSERT INTO orders (id, encounter_id, patient_id, doctor_id, order_type, status) VALUES (paper, visit, patient, doctor, 'lab', 'draft');
        INSERT INTO order_items (id, order_id, patient_id, item_code, item_name) VALUES (item, paper, patient, '4548-4', 'HbA1c');
        INSERT INTO results (id, order_item_id, patient_id, code, code_system, name, value_number, entered_by, effective_at, issued_at)
            VALUES (gen_random_uuid(), item, patient, '4548-4', 'http://loinc.org', 'HbA1c', 6.1, doctor, '2026-11-02 05:00Z', '2026-11-02 06:00Z') RETURNING id INTO finding;

        INSERT INTO tasks (id, title, assigned_to, created_by, patient_id, task_type)
            VALUES (gen_random_uuid(), 'Call about the result', doctor, doctor, patient, 'follow_up');
        INSERT INTO alerts (id, user_id, patient_id, alert_type, severity, title, message)
            VALUES (gen_random_uuid(), doctor, patient, 'lab_result', 'high', 'A result is here', 'HbA1c');
        INSERT INTO audit_events (id, actor_id, actor_role, action, event, patient_id)
            VALUES (gen_random_uuid(), doctor, 'doctor', 'R', 'chart.read', patient);
        INSERT INTO outbox_messages (id, kind, patient_id) VALUES (gen_random_uuid(), 'chart.test', patient);
        paper := gen_random_uuid();
        INSERT INTO patient_documents (id, patient_id, encounter_id, result_id, category, title, document_date, content_length, content_sha256, uploaded_by, created_at)
            VALUES (paper, patient, visit, finding, 'report', '\x00', '2026-11-02', 3, 'a hash', doctor, '2026-11-02 06:10Z');
        INSERT INTO document_parts (document_id, patient_id, number, length, content) VALUES (paper, patient, 0, 3, '\x00');
        INSERT INTO document_extracts (document_id, patient_id, words) VALUES (paper, patient, '\x00');
        INSERT INTO search_builds (generation, rules, state) VALUES (1, 1, 'live') ON CONFLICT DO NOTHING;
        INSERT INTO search_documents (generation, kind, id, patient_id, at, version, terms)
            VALUES (1, 'note', gen_random_uuid(), patient, starts, 1, '''x'':1');
        INSERT INTO imported_resources (source, resource_type, resource_id, target, target_id, patient_id)
            VALUES ('test', 'Patient', patient::text, 'patients', patient, patient);
        starts := starts + interval '1 hour';
    END LOOP;

    -- Checking in brings the nurses who are here now; who comes later, and who leaves, is no longer one of them.
    UPDATE appointments SET status = 'checked_in' WHERE patient_id = meera;
    INSERT INTO users (id, username, email, full_name, role, password_hash, normalized_username, normalized_email)
        VALUES ('0000000a-0000-7000-8000-000000000004', 'nora', 'nora@clinic.example', 'Nora', 'nurse', 'x', 'NORA', 'NORA@CLINIC.EXAMPLE');
    INSERT INTO care_team (id, patient_id, user_id, reason) VALUES (gen_random_uuid(), meera, former, 'colleague');
    UPDATE users SET status = 'inactive' WHERE id = former;
END $$;
