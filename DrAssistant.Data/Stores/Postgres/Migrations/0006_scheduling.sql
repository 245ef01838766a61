-- The appointment book.

CREATE TABLE appointments (
    id               uuid PRIMARY KEY,
    doctor_id        uuid        NOT NULL REFERENCES users (id),
    patient_id       uuid        NOT NULL REFERENCES patients (id),
    start_time       timestamptz NOT NULL,
    end_time         timestamptz NOT NULL,
    status           varchar(20) NOT NULL DEFAULT 'scheduled',
    appointment_type varchar(20) NOT NULL,
    reason           varchar(255),
    notes            text,
    created_at       timestamptz NOT NULL DEFAULT now(),
    updated_at       timestamptz NOT NULL DEFAULT now(),
    created_by       uuid REFERENCES users (id),
    check_in_time    timestamptz,
    started_at       timestamptz,
    check_out_time   timestamptz,
    token            varchar(8),
    room             varchar(30),
    cancel_reason    varchar(255),
    CONSTRAINT valid_status CHECK (status IN ('scheduled', 'confirmed', 'checked_in', 'in_progress', 'completed', 'cancelled', 'no_show')),
    CONSTRAINT valid_type CHECK (appointment_type IN ('in_person', 'telemedicine', 'follow_up', 'urgent', 'routine')),
    CONSTRAINT valid_period CHECK (end_time > start_time AND end_time <= start_time + interval '12 hours'),
    -- Never a double booking, of a doctor or of a patient; only an urgent visit may overlap.
    CONSTRAINT doctor_is_free EXCLUDE USING gist (doctor_id WITH =, tstzrange(start_time, end_time, '[)') WITH &&)
        WHERE (status NOT IN ('cancelled', 'no_show') AND appointment_type <> 'urgent'),
    CONSTRAINT patient_is_free EXCLUDE USING gist (patient_id WITH =, tstzrange(start_time, end_time, '[)') WITH &&)
        WHERE (status NOT IN ('cancelled', 'no_show') AND appointment_type <> 'urgent')
);
CREATE INDEX idx_appointments_doctor ON appointments (doctor_id);
CREATE INDEX idx_appointments_patient ON appointments (patient_id);
CREATE INDEX idx_appointments_time ON appointments (start_time, end_time);
CREATE INDEX idx_appointments_status ON appointments (status);
-- a doctor's day
CREATE INDEX idx_appointments_doctor_time ON appointments (doctor_id, start_time);
CREATE TRIGGER appointments_updated_at BEFORE UPDATE ON appointments FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- One counter a doctor and day of the practice: two desks never hand out the same token.
CREATE TABLE queue_tokens (
    doctor_id   uuid     NOT NULL REFERENCES users (id),
    day         date     NOT NULL,
    letter      char(1)  NOT NULL,
    last_number smallint NOT NULL DEFAULT 0,
    PRIMARY KEY (doctor_id, day)
);

-- Booking puts the doctor on the care team, checking in the nurses of the practice.
CREATE FUNCTION appointment_joins_care_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' OR (NEW.doctor_id, NEW.patient_id) IS DISTINCT FROM (OLD.doctor_id, OLD.patient_id) THEN
        PERFORM join_care_team(NEW.patient_id, NEW.doctor_id, 'appointment', clinic_user());
    END IF;
    IF NEW.status IN ('checked_in', 'in_progress') AND (TG_OP = 'INSERT' OR OLD.status NOT IN ('checked_in', 'in_progress')) THEN
        PERFORM join_care_team(NEW.patient_id, u.id, 'check_in', clinic_user())
            FROM users u WHERE u.role = 'nurse' AND u.status = 'active';
    END IF;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION appointment_joins_care_team() FROM PUBLIC;
CREATE TRIGGER appointments_join_care_team AFTER INSERT OR UPDATE ON appointments
    FOR EACH ROW EXECUTE FUNCTION appointment_joins_care_team();

ALTER TABLE appointments ENABLE ROW LEVEL SECURITY;
ALTER TABLE appointments FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON appointments, queue_tokens TO clinic_app, clinic_worker;
CREATE POLICY appointments_worker ON appointments TO clinic_worker USING (true) WITH CHECK (true);

-- Reception and nurses work the whole queue; a doctor sees their own list and the patients in their care. A doctor who
-- has left, or who is a doctor no more, keeps no list.
CREATE POLICY appointments_read ON appointments FOR SELECT TO clinic_app
    USING (((SELECT clinic_role()) = 'doctor' AND doctor_id = (SELECT clinic_user()))
        OR (SELECT clinic_role()) IN ('receptionist', 'nurse')
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = appointments.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY appointments_book ON appointments FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'doctor', 'nurse'));
CREATE POLICY appointments_move ON appointments FOR UPDATE TO clinic_app
    USING (((SELECT clinic_role()) = 'doctor' AND doctor_id = (SELECT clinic_user()))
        OR (SELECT clinic_role()) IN ('receptionist', 'nurse'))
    WITH CHECK ((SELECT clinic_role()) IN ('receptionist', 'doctor', 'nurse'));
