-- The document store's embedded adapter: one table a collection, the searchable facts as columns, the rest as JSON.
-- Clinical text inside body is ciphertext. The server adapter (MongoDB) holds the same documents under the same names.

CREATE TABLE clinical_notes (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid        NOT NULL UNIQUE,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL DEFAULT 'draft',
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL,
    CONSTRAINT valid_note_status CHECK (status IN ('draft', 'signed', 'amended')),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);
CREATE INDEX idx_clinical_notes_patient ON clinical_notes (patient_id, created_at DESC);
CREATE INDEX idx_clinical_notes_drafts ON clinical_notes (doctor_id, status, updated_at DESC);

CREATE TABLE note_versions (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid,
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    status       varchar(20) NOT NULL,
    version      integer     NOT NULL,
    created_at   timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    body         jsonb       NOT NULL
);
CREATE INDEX idx_note_versions_patient ON note_versions (patient_id, created_at DESC);
CREATE TRIGGER note_versions_append_only BEFORE UPDATE OR DELETE ON note_versions
    FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER note_versions_not_truncated BEFORE TRUNCATE ON note_versions
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Facts about files in the object store.
CREATE TABLE documents (
    id           uuid PRIMARY KEY,
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    encounter_id uuid,
    doctor_id    uuid REFERENCES users (id),
    status       varchar(20) NOT NULL,
    version      integer     NOT NULL DEFAULT 1,
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    body         jsonb       NOT NULL
);
CREATE INDEX idx_documents_patient ON documents (patient_id, created_at DESC);

CREATE FUNCTION refuse_signed_note_change() RETURNS trigger
    LANGUAGE plpgsql AS $$
BEGIN
    -- What was signed stays what it was: only an amendment, as a new version, may follow.
    IF OLD.status <> 'draft' AND NOT (NEW.status = 'amended' AND NEW.version = OLD.version + 1) THEN
        RAISE EXCEPTION 'a signed note is not changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER clinical_notes_signed BEFORE UPDATE ON clinical_notes
    FOR EACH ROW EXECUTE FUNCTION refuse_signed_note_change();
