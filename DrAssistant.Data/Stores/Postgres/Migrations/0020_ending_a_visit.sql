-- How a visit ends: why it was cancelled, and when the patient should come again.

ALTER TABLE encounters ADD COLUMN cancel_reason varchar(255);

-- Set by a doctor at the end of a visit, booked by reception. It says when and with whom, and nothing clinical: reception reads it.
CREATE TABLE follow_ups (
    id              uuid PRIMARY KEY,
    encounter_id    uuid        NOT NULL,
    patient_id      uuid        NOT NULL REFERENCES patients (id),
    doctor_id       uuid        NOT NULL REFERENCES users (id),
    due_on          date        NOT NULL,
    interval_number smallint,
    interval_unit   varchar(10),
    for_the_desk    varchar(200),
    status          varchar(20) NOT NULL DEFAULT 'open',
    set_at          timestamptz NOT NULL,
    dropped_at      timestamptz,
    dropped_by      uuid REFERENCES users (id),
    drop_reason     varchar(200),
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT valid_follow_up_status CHECK (status IN ('open', 'dropped')),
    CONSTRAINT valid_follow_up_unit CHECK (interval_unit IN ('days', 'weeks', 'months')),
    CONSTRAINT follow_up_interval_is_whole CHECK ((interval_number IS NULL) = (interval_unit IS NULL) AND interval_number > 0),
    CONSTRAINT follow_up_drop_is_whole CHECK ((status = 'dropped') = (dropped_at IS NOT NULL) AND (status = 'dropped') = (drop_reason IS NOT NULL)),
    -- A visit has one; two clicks on "End" set one.
    CONSTRAINT one_follow_up_a_visit UNIQUE (encounter_id),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_follow_ups_open ON follow_ups (due_on) WHERE status = 'open';
CREATE INDEX idx_follow_ups_patient ON follow_ups (patient_id);
CREATE TRIGGER follow_ups_updated_at BEFORE UPDATE ON follow_ups FOR EACH ROW EXECUTE FUNCTION set_updated_at();

ALTER TABLE follow_ups ENABLE ROW LEVEL SECURITY;
ALTER TABLE follow_ups FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT ON follow_ups TO clinic_app, clinic_worker;
GRANT UPDATE ON follow_ups TO clinic_worker;
-- What was set stays as it was set: of it, only that it is not to be booked is ever written.
GRANT UPDATE (status, dropped_at, dropped_by, drop_reason) ON follow_ups TO clinic_app;
CREATE POLICY follow_ups_worker ON follow_ups TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY follow_ups_read ON follow_ups FOR SELECT TO clinic_app
    USING ((SELECT clinic_role()) IN ('receptionist', 'nurse')
        OR EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = follow_ups.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY follow_ups_set ON follow_ups FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) = 'doctor' AND doctor_id = (SELECT clinic_user())
        AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = follow_ups.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY follow_ups_drop ON follow_ups FOR UPDATE TO clinic_app
    USING ((SELECT clinic_role()) IN ('receptionist', 'nurse') OR ((SELECT clinic_role()) = 'doctor' AND doctor_id = (SELECT clinic_user())));

CALL follow_merges('follow_ups');
