-- Documents of patients: what was scanned, photographed or sent from elsewhere. Here are the facts, under row-level security and with a merge;
-- the bytes lie sealed in the object store, and until it has taken them, sealed in parts here.

CREATE TABLE patient_documents (
    id                  uuid PRIMARY KEY,
    patient_id          uuid        NOT NULL REFERENCES patients (id),
    encounter_id        uuid,
    note_id             uuid,
    order_id            uuid,
    category            varchar(20) NOT NULL,
    title               bytea       NOT NULL,
    description         bytea,
    document_date       date        NOT NULL,
    content_type        varchar(40),
    content_length      bigint      NOT NULL,
    content_sha256      varchar(64) NOT NULL,
    page_count          integer,
    object_key          varchar(32),
    status              varchar(20) NOT NULL DEFAULT 'uploading',
    uploaded_by         uuid        NOT NULL REFERENCES users (id),
    created_at          timestamptz NOT NULL,
    uploaded_at         timestamptz,
    prepared_at         timestamptz,
    attempts            integer     NOT NULL DEFAULT 0,
    next_attempt_at     timestamptz,
    entered_in_error_at timestamptz,
    entered_in_error_by uuid REFERENCES users (id),
    error_reason        bytea,
    UNIQUE (id, patient_id),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id),
    FOREIGN KEY (order_id, patient_id) REFERENCES orders (id, patient_id),
    CONSTRAINT valid_document_category CHECK (category IN ('report', 'imaging', 'discharge_summary', 'referral', 'prescription', 'consent', 'insurance', 'photograph', 'other')),
    CONSTRAINT valid_document_status CHECK (status IN ('uploading', 'queued', 'stored')),
    CONSTRAINT what_is_whole_has_a_type CHECK (status = 'uploading' OR content_type IS NOT NULL AND uploaded_at IS NOT NULL),
    CONSTRAINT what_is_stored_has_a_key CHECK ((status = 'stored') = (object_key IS NOT NULL)),
    CONSTRAINT an_error_has_a_reason CHECK ((entered_in_error_at IS NULL) = (error_reason IS NULL) AND (entered_in_error_at IS NULL) = (entered_in_error_by IS NULL)),
    CONSTRAINT valid_document_length CHECK (content_length BETWEEN 1 AND 52428800)
);
COMMENT ON COLUMN patient_documents.title IS 'ciphertext';
COMMENT ON COLUMN patient_documents.description IS 'ciphertext';
COMMENT ON COLUMN patient_documents.note_id IS 'a note may be kept in another store: no reference can hold it';
COMMENT ON COLUMN patient_documents.error_reason IS 'ciphertext';
CREATE INDEX idx_patient_documents_patient ON patient_documents (patient_id, document_date DESC, id DESC);
CREATE INDEX idx_patient_documents_visit ON patient_documents (encounter_id) WHERE encounter_id IS NOT NULL;
CREATE INDEX idx_patient_documents_waiting ON patient_documents (next_attempt_at) WHERE status = 'queued';
CREATE INDEX idx_patient_documents_unfinished ON patient_documents (created_at) WHERE status = 'uploading';
CREATE INDEX idx_patient_documents_object ON patient_documents (object_key) WHERE object_key IS NOT NULL;

-- A document on its way: pieces of one size, the last one shorter, each sealed to its document and its place.
CREATE TABLE document_parts (
    document_id uuid    NOT NULL,
    patient_id  uuid    NOT NULL,
    number      integer NOT NULL,
    length      integer NOT NULL,
    content     bytea   NOT NULL,
    PRIMARY KEY (document_id, number),
    FOREIGN KEY (document_id, patient_id) REFERENCES patient_documents (id, patient_id) ON DELETE CASCADE,
    CONSTRAINT valid_part CHECK (number >= 0 AND length BETWEEN 1 AND 1048576)
);
COMMENT ON COLUMN document_parts.content IS 'ciphertext';
-- Ciphertext does not become smaller.
ALTER TABLE document_parts ALTER COLUMN content SET STORAGE EXTERNAL;

-- What was made of a document: a small picture of it and the words in it.
CREATE TABLE document_extracts (
    document_id uuid PRIMARY KEY,
    patient_id  uuid NOT NULL,
    thumbnail   bytea,
    words       bytea,
    FOREIGN KEY (document_id, patient_id) REFERENCES patient_documents (id, patient_id) ON DELETE CASCADE
);
COMMENT ON COLUMN document_extracts.thumbnail IS 'ciphertext: a JPEG picture';
COMMENT ON COLUMN document_extracts.words IS 'ciphertext';

DO $$
DECLARE
    t text;
    in_care constant text := 'EXISTS (SELECT 1 FROM care_team c WHERE c.user_id = (SELECT clinic_carer())
        AND c.patient_id = %1$I.patient_id AND (c.until IS NULL OR c.until > now()))';
BEGIN
    FOREACH t IN ARRAY ARRAY['patient_documents', 'document_parts', 'document_extracts'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
        EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('CREATE POLICY %I ON %I TO clinic_worker USING (true) WITH CHECK (true)', t || '_worker', t);
        EXECUTE format('CREATE POLICY ' || t || '_read ON %1$I FOR SELECT TO clinic_app USING (' || in_care || ')', t);
    END LOOP;

    -- In one's own name only, and never as something that is already whole.
    EXECUTE format('CREATE POLICY patient_documents_begin ON %1$I FOR INSERT TO clinic_app
        WITH CHECK (status = ''uploading'' AND uploaded_by = (SELECT clinic_user()) AND ' || in_care || ')', 'patient_documents');
    EXECUTE format('CREATE POLICY patient_documents_edit ON %1$I FOR UPDATE TO clinic_app USING (' || in_care || ')', 'patient_documents');

    -- What is whole is marked, never deleted; an upload that is given up never was a document.
    EXECUTE format('CREATE POLICY patient_documents_give_up ON %1$I FOR DELETE TO clinic_app
        USING (status = ''uploading'' AND uploaded_by = (SELECT clinic_user()) AND ' || in_care || ')', 'patient_documents');
    EXECUTE format('CREATE POLICY document_parts_add ON %1$I FOR INSERT TO clinic_app
        WITH CHECK (' || in_care || ' AND EXISTS (SELECT 1 FROM patient_documents d
            WHERE d.id = document_id AND d.status = ''uploading'' AND d.uploaded_by = (SELECT clinic_user())))', 'document_parts');
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON patient_documents TO clinic_app, clinic_worker;
GRANT SELECT, INSERT ON document_parts TO clinic_app;
GRANT SELECT, INSERT, DELETE ON document_parts TO clinic_worker;
GRANT SELECT ON document_extracts TO clinic_app;
GRANT SELECT, INSERT, UPDATE ON document_extracts TO clinic_worker;

CALL follow_merges('patient_documents');
CALL follow_merges('document_parts');
CALL follow_merges('document_extracts');

ALTER TABLE search_documents DROP CONSTRAINT valid_kind,
    ADD CONSTRAINT valid_kind CHECK (kind IN ('note', 'prescription', 'order', 'result', 'document'));
