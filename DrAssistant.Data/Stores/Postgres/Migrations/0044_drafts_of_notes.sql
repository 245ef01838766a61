-- Drafts of notes, as they were proposed: the seed's "AI outputs" where no MongoDB is. What is clinical in body is ciphertext.

CREATE TABLE note_drafts (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid        NOT NULL,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL DEFAULT 'proposed',
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL,
    CONSTRAINT valid_draft_status CHECK (status = 'proposed'),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_note_drafts_encounter ON note_drafts (encounter_id, created_at DESC);
CREATE INDEX idx_note_drafts_patient ON note_drafts (patient_id);

-- What an engine proposed is evidence: decisions are added to it, and nothing of it is changed.
CREATE FUNCTION refuse_other_proposal() RETURNS trigger
    LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF (OLD.id, OLD.encounter_id, OLD.doctor_id, OLD.created_at, OLD.body ->> 'transcriptHash', OLD.body ->> 'engine', OLD.body ->> 'confidence')
        IS DISTINCT FROM (NEW.id, NEW.encounter_id, NEW.doctor_id, NEW.created_at, NEW.body ->> 'transcriptHash', NEW.body ->> 'engine', NEW.body ->> 'confidence') THEN
        RAISE EXCEPTION 'what was proposed is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER note_drafts_proposed BEFORE UPDATE ON note_drafts
    FOR EACH ROW EXECUTE FUNCTION refuse_other_proposal();

ALTER TABLE note_drafts ENABLE ROW LEVEL SECURITY;
ALTER TABLE note_drafts FORCE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON note_drafts TO clinic_app, clinic_worker;
CREATE POLICY note_drafts_worker ON note_drafts TO clinic_worker USING (true) WITH CHECK (true);
CREATE POLICY note_drafts_read ON note_drafts FOR SELECT TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_drafts.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY note_drafts_propose ON note_drafts FOR INSERT TO clinic_app
    WITH CHECK (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_drafts.patient_id AND (c.until IS NULL OR c.until > now())));
CREATE POLICY note_drafts_decide ON note_drafts FOR UPDATE TO clinic_app
    USING (EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = note_drafts.patient_id AND (c.until IS NULL OR c.until > now())));

CALL follow_merges('note_drafts');
