-- Booking: who may put whom into the book, who may say when doctors work, and what is free without saying whose the rest is.

-- A doctor books the patients who are lastingly in their care already. Booking puts the booked doctor on the care team, so
-- without this a doctor would reach any chart by booking; a broken glass would never end. Reception and nurses book anybody.
DROP POLICY appointments_book ON appointments;
CREATE POLICY appointments_book ON appointments FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'nurse')
        OR ((SELECT clinic_role()) = 'doctor' AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = appointments.patient_id AND c.until IS NULL)));

-- The same for a row that is there: it is not handed to a patient who is a stranger.
DROP POLICY appointments_move ON appointments;
CREATE POLICY appointments_move ON appointments FOR UPDATE TO clinic_app
    USING (((SELECT clinic_role()) = 'doctor' AND doctor_id = (SELECT clinic_user()))
        OR (SELECT clinic_role()) IN ('receptionist', 'nurse'))
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'nurse')
        OR ((SELECT clinic_role()) = 'doctor' AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = appointments.patient_id AND c.until IS NULL)));

-- Nobody books somebody who has died, and a nurse who does not care for them cannot see that in patients.
ALTER TABLE patient_names ADD COLUMN deceased boolean NOT NULL DEFAULT false;
CREATE FUNCTION mirror_patient_death() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    UPDATE patient_names SET deceased = NEW.deceased_at IS NOT NULL WHERE patient_id = NEW.id;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION mirror_patient_death() FROM PUBLIC;
-- Triggers fire in the order of their names, and the row is written by patients_mirror_name. Most patients are written alive.
CREATE TRIGGER patients_mirror_name_death_written AFTER INSERT ON patients
    FOR EACH ROW WHEN (NEW.deceased_at IS NOT NULL) EXECUTE FUNCTION mirror_patient_death();
CREATE TRIGGER patients_mirror_name_death_told AFTER UPDATE ON patients
    FOR EACH ROW WHEN (OLD.deceased_at IS DISTINCT FROM NEW.deceased_at) EXECUTE FUNCTION mirror_patient_death();
-- The patients that are there already; the owner has no policy to read them by, so every row is told once.
ALTER TABLE patients NO FORCE ROW LEVEL SECURITY;
UPDATE patient_names n SET deceased = true FROM patients p WHERE p.id = n.patient_id AND p.deceased_at IS NOT NULL;
ALTER TABLE patients FORCE ROW LEVEL SECURITY;

-- How many minutes a visit of a type takes where nothing else is said.
CREATE TABLE visit_lengths (
    appointment_type varchar(20) PRIMARY KEY,
    minutes          smallint NOT NULL,
    CONSTRAINT valid_visit_type CHECK (appointment_type IN ('in_person', 'telemedicine', 'follow_up', 'urgent', 'routine')),
    CONSTRAINT valid_visit_length CHECK (minutes BETWEEN 5 AND 240)
);
GRANT SELECT, INSERT, UPDATE, DELETE ON visit_lengths TO clinic_app, clinic_worker;

-- When doctors work is known to everybody who works here. Reception and admins keep it, a doctor their own.
DO $$
DECLARE
    t text;
    deed text;
    keeps text;
BEGIN
    FOREACH t IN ARRAY ARRAY['working_hours', 'doctor_leave', 'practice_holidays', 'visit_lengths'] LOOP
        keeps := '(SELECT clinic_role()) IN (''receptionist'', ''admin'')'
            || CASE WHEN t IN ('working_hours', 'doctor_leave') THEN ' OR ((SELECT clinic_role()) = ''doctor'' AND doctor_id = (SELECT clinic_user()))' ELSE '' END;
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO clinic_app USING ((SELECT clinic_role()) IS NOT NULL)', t || '_read', t);
        EXECUTE format('CREATE POLICY %I ON %I FOR INSERT TO clinic_app WITH CHECK (%s)', t || '_add', t, keeps);
        EXECUTE format('CREATE POLICY %I ON %I FOR UPDATE TO clinic_app USING (%s)', t || '_change', t, keeps);
        EXECUTE format('CREATE POLICY %I ON %I FOR DELETE TO clinic_app USING (%s)', t || '_remove', t, keeps);
    END LOOP;
END $$;
CREATE INDEX idx_doctor_leave_end ON doctor_leave (to_time);

-- What of some doctors' time is taken, and nothing of whose visit it is: free slots are the same for everybody who asks, and
-- a doctor does not see the rows of a colleague's list. The twelve hours are the longest visit (valid_period).
CREATE POLICY appointments_taken ON appointments FOR SELECT TO clinic_owner USING (true);
CREATE FUNCTION booked_periods(doctors uuid[], starts timestamptz, ends timestamptz)
    RETURNS TABLE (doctor_id uuid, start_time timestamptz, end_time timestamptz)
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT a.doctor_id, a.start_time, a.end_time FROM appointments a
    WHERE (SELECT clinic_role()) IN ('doctor', 'nurse', 'receptionist')
        AND a.doctor_id = ANY (doctors) AND a.start_time < ends AND a.start_time > starts - interval '12 hours' AND a.end_time > starts
        AND a.status NOT IN ('cancelled', 'no_show') AND a.appointment_type <> 'urgent'
    ORDER BY a.doctor_id, a.start_time
$$;
REVOKE ALL ON FUNCTION booked_periods(uuid[], timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION booked_periods(uuid[], timestamptz, timestamptz) TO clinic_app;

-- The same as before, written out: a function of the language SQL is planned at every call, which was a quarter of what a booking
-- costs the database. PL/pgSQL keeps the plans of its own statements.
CREATE OR REPLACE FUNCTION appointment_joins_care_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (NEW.doctor_id, NEW.patient_id) IS DISTINCT FROM (OLD.doctor_id, OLD.patient_id) THEN
        INSERT INTO care_team (id, patient_id, user_id, reason, added_by)
            VALUES (gen_random_uuid(), NEW.patient_id, NEW.doctor_id, 'appointment', clinic_user())
            ON CONFLICT (patient_id, user_id) WHERE until IS NULL DO NOTHING;
    END IF;
    IF NEW.status IN ('checked_in', 'in_progress') AND (TG_OP = 'INSERT' OR OLD.status NOT IN ('checked_in', 'in_progress')) THEN
        INSERT INTO care_team (id, patient_id, user_id, reason, added_by)
            SELECT gen_random_uuid(), NEW.patient_id, u.id, 'check_in', clinic_user()
            FROM users u WHERE u.role = 'nurse' AND u.status = 'active'
            ON CONFLICT (patient_id, user_id) WHERE until IS NULL DO NOTHING;
    END IF;
    RETURN NULL;
END $$;
