-- A signed note is amended by a draft beside it, a note can be marked as entered in error, and its versions are found by their visit.

ALTER TABLE clinical_notes DROP CONSTRAINT valid_note_status;
ALTER TABLE clinical_notes ADD CONSTRAINT valid_note_status CHECK (status IN ('draft', 'signed', 'amended', 'entered_in_error'));

CREATE OR REPLACE FUNCTION refuse_signed_note_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status = 'draft' OR only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RETURN NEW;
    END IF;
    -- What was signed stays what it was: an amendment, as a new version, may follow, or the mark that it should not have been written.
    IF OLD.status IN ('signed', 'amended') AND NEW.version = OLD.version + 1
        AND (NEW.id, NEW.encounter_id, NEW.doctor_id, NEW.created_at) IS NOT DISTINCT FROM (OLD.id, OLD.encounter_id, OLD.doctor_id, OLD.created_at)
        AND (NEW.status = 'amended' OR (NEW.status = 'entered_in_error'
            AND (NEW.body -> 'content', NEW.body -> 'signature') IS NOT DISTINCT FROM (OLD.body -> 'content', OLD.body -> 'signature'))) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a signed note is not changed' USING ERRCODE = 'restrict_violation';
END $$;

CREATE INDEX idx_note_versions_encounter ON note_versions (encounter_id);

-- The draft of an amendment, while the note that it amends stays what was signed. Signed, it is that note's next version.
CREATE TABLE note_amendments (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid        NOT NULL,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL DEFAULT 'draft',
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL,
    CONSTRAINT valid_amendment_status CHECK (status IN ('draft', 'signed', 'entered_in_error')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_note_amendments_encounter ON note_amendments (encounter_id);
CREATE INDEX idx_note_amendments_patient ON note_amendments (patient_id);

CREATE FUNCTION refuse_closed_amendment_change() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.status <> 'draft' AND NOT only_refiled(to_jsonb(OLD), to_jsonb(NEW)) THEN
        RAISE EXCEPTION 'an amendment that was signed or given up is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER note_amendments_closed BEFORE UPDATE ON note_amendments
    FOR EACH ROW EXECUTE FUNCTION refuse_closed_amendment_change();

ALTER TABLE note_amendments ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_amendments FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON note_amendments TO clinic_app, clinic_worker;
CREATE POLICY note_amendments_worker ON note_amendments TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY note_amendments_read ON note_amendments FOR SELECT TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_amendments.patient_id AND (c.until IS NULL OR c.until > now())));
-- Only a doctor begins one, signs it or gives it up; a nurse may write in it.
CREATE POLICY note_amendments_begin ON note_amendments FOR INSERT TO clinic_app
    WITH CHECK ((SELECT clinic_role()) = 'doctor' AND EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_amendments.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY note_amendments_edit ON note_amendments FOR UPDATE TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_amendments.patient_id AND (c.until IS NULL OR c.until > now())))
    WITH CHECK (status = 'draft' OR (SELECT clinic_role()) = 'doctor');

CALL follow_merges('note_amendments');
