-- The visit, and what is measured, found and done in it.

CREATE TABLE encounters (
    id              uuid PRIMARY KEY,
    appointment_id  uuid REFERENCES appointments (id),
    doctor_id       uuid        NOT NULL REFERENCES users (id),
    patient_id      uuid        NOT NULL REFERENCES patients (id),
    encounter_type  varchar(20) NOT NULL,
    start_time      timestamptz NOT NULL,
    end_time        timestamptz,
    chief_complaint text,
    status          varchar(20) NOT NULL DEFAULT 'in_progress',
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT valid_status CHECK (status IN ('in_progress', 'completed', 'cancelled')),
    CONSTRAINT valid_type CHECK (encounter_type IN ('office_visit', 'telemedicine', 'emergency', 'home_visit')),
    CONSTRAINT valid_encounter_period CHECK (end_time IS NULL OR end_time >= start_time),
    CONSTRAINT encounters_id_patient UNIQUE (id, patient_id)
);
CREATE INDEX idx_encounters_doctor ON encounters (doctor_id);
CREATE INDEX idx_encounters_patient ON encounters (patient_id);
CREATE INDEX idx_encounters_appointment ON encounters (appointment_id);
CREATE INDEX idx_encounters_time ON encounters (start_time);
CREATE INDEX idx_encounters_timeline ON encounters (patient_id, start_time DESC, id DESC);
-- "One Appointment can lead to one Encounter"
CREATE UNIQUE INDEX one_encounter_an_appointment ON encounters (appointment_id) WHERE appointment_id IS NOT NULL AND status <> 'cancelled';
CREATE UNIQUE INDEX one_open_encounter ON encounters (patient_id, doctor_id) WHERE status = 'in_progress';
CREATE TRIGGER encounters_updated_at BEFORE UPDATE ON encounters FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE FUNCTION encounter_joins_care_team() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM join_care_team(NEW.patient_id, NEW.doctor_id, 'encounter', clinic_user());
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION encounter_joins_care_team() FROM PUBLIC;
CREATE TRIGGER encounters_join_care_team AFTER INSERT ON encounters
    FOR EACH ROW EXECUTE FUNCTION encounter_joins_care_team();

-- Vital signs, social history, surveys (FHIR Observation; laboratory values are results of an order).
CREATE TABLE observations (
    id            uuid PRIMARY KEY,
    patient_id    uuid         NOT NULL REFERENCES patients (id),
    encounter_id  uuid,
    category      varchar(20)  NOT NULL,
    code          varchar(50)  NOT NULL,
    code_system   varchar(100) NOT NULL,
    name          varchar(200) NOT NULL,
    value_number  numeric,
    value_text    varchar(500),
    unit          varchar(40),
    effective_at  timestamptz  NOT NULL,
    recorded_by   uuid REFERENCES users (id),
    status        varchar(20)  NOT NULL DEFAULT 'final',
    created_at    timestamptz  NOT NULL DEFAULT now(),
    updated_at    timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_observation_category CHECK (category IN ('vital-signs', 'social-history', 'survey', 'exam', 'imaging', 'procedure')),
    CONSTRAINT valid_observation_status CHECK (status IN ('preliminary', 'final', 'amended', 'entered_in_error')),
    CONSTRAINT observation_has_value CHECK (value_number IS NOT NULL OR value_text IS NOT NULL),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_observations_patient ON observations (patient_id, code, effective_at DESC);
CREATE INDEX idx_observations_encounter ON observations (encounter_id);

-- The problem list (FHIR Condition).
CREATE TABLE conditions (
    id           uuid PRIMARY KEY,
    patient_id   uuid         NOT NULL REFERENCES patients (id),
    encounter_id uuid,
    code         varchar(50),
    code_system  varchar(100),
    name         varchar(200) NOT NULL,
    status       varchar(20)  NOT NULL DEFAULT 'active',
    onset_at     timestamptz,
    abated_at    timestamptz,
    recorded_at  timestamptz  NOT NULL,
    recorded_by  uuid REFERENCES users (id),
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_condition_status CHECK (status IN ('active', 'inactive', 'resolved', 'entered_in_error')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_conditions_patient ON conditions (patient_id, status);
CREATE INDEX idx_conditions_encounter ON conditions (encounter_id);

CREATE TABLE procedures (
    id           uuid PRIMARY KEY,
    patient_id   uuid         NOT NULL REFERENCES patients (id),
    encounter_id uuid,
    code         varchar(50),
    code_system  varchar(100),
    name         varchar(200) NOT NULL,
    reason       varchar(255),
    started_at   timestamptz  NOT NULL,
    ended_at     timestamptz,
    status       varchar(20)  NOT NULL DEFAULT 'completed',
    recorded_by  uuid REFERENCES users (id),
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_procedure_status CHECK (status IN ('completed', 'not_done', 'stopped', 'entered_in_error')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_procedures_patient ON procedures (patient_id, started_at DESC);
CREATE INDEX idx_procedures_encounter ON procedures (encounter_id);

CREATE TABLE immunizations (
    id           uuid PRIMARY KEY,
    patient_id   uuid         NOT NULL REFERENCES patients (id),
    encounter_id uuid,
    code         varchar(50)  NOT NULL,
    code_system  varchar(100) NOT NULL,
    name         varchar(200) NOT NULL,
    given_at     timestamptz  NOT NULL,
    status       varchar(20)  NOT NULL DEFAULT 'completed',
    recorded_by  uuid REFERENCES users (id),
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_immunization_status CHECK (status IN ('completed', 'not_done', 'entered_in_error')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_immunizations_patient ON immunizations (patient_id, given_at DESC);
CREATE INDEX idx_immunizations_encounter ON immunizations (encounter_id);

DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['observations', 'conditions', 'procedures', 'immunizations'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION set_updated_at()', t || '_updated_at', t);
    END LOOP;
END $$;
