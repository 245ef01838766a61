-- Orders, their results, and the catalogue they are chosen from.

CREATE TABLE order_catalogue (
    id          varchar(80)  PRIMARY KEY,
    order_type  varchar(20)  NOT NULL,
    name        varchar(255) NOT NULL,
    code        varchar(50),
    code_system varchar(100),
    unit        varchar(40),
    category    varchar(60),
    synonyms    text[],
    members     text[],
    source      varchar(255) NOT NULL,
    is_active   boolean      NOT NULL DEFAULT true,
    CONSTRAINT valid_catalogue_type CHECK (order_type IN ('lab', 'imaging', 'procedure', 'referral'))
);

CREATE TABLE providers (
    id        uuid PRIMARY KEY,
    name      varchar(100) NOT NULL,
    kind      varchar(20)  NOT NULL,
    phone     varchar(20),
    address   varchar(255),
    is_active boolean      NOT NULL DEFAULT true,
    CONSTRAINT valid_provider_kind CHECK (kind IN ('laboratory', 'imaging', 'clinic', 'hospital'))
);

CREATE TABLE orders (
    id           uuid PRIMARY KEY,
    encounter_id uuid        NOT NULL REFERENCES encounters (id),
    patient_id   uuid        NOT NULL REFERENCES patients (id),
    doctor_id    uuid        NOT NULL REFERENCES users (id),
    order_type   varchar(20) NOT NULL,
    status       varchar(20) NOT NULL DEFAULT 'ordered',
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    ordered_at   timestamptz,
    completed_at timestamptz,
    provider_id  uuid REFERENCES providers (id),
    notes        text,
    urgency      varchar(10) NOT NULL DEFAULT 'routine',
    CONSTRAINT valid_type CHECK (order_type IN ('lab', 'imaging', 'procedure', 'referral')),
    CONSTRAINT valid_status CHECK (status IN ('draft', 'ordered', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT valid_urgency CHECK (urgency IN ('routine', 'urgent', 'stat')),
    CONSTRAINT orders_id_patient UNIQUE (id, patient_id),
    FOREIGN KEY (encounter_id, patient_id) REFERENCES encounters (id, patient_id)
);

CREATE TABLE order_items (
    id           uuid PRIMARY KEY,
    order_id     uuid         NOT NULL REFERENCES orders (id),
    patient_id   uuid         NOT NULL,
    item_code    varchar(50)  NOT NULL,
    item_name    varchar(255) NOT NULL,
    code_system  varchar(100),
    instructions text,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT order_items_id_patient UNIQUE (id, patient_id),
    FOREIGN KEY (order_id, patient_id) REFERENCES orders (id, patient_id)
);

-- A value against an ordered item. Corrected values are new rows; the old one stays, superseded.
CREATE TABLE results (
    id             uuid PRIMARY KEY,
    order_item_id  uuid         NOT NULL,
    patient_id     uuid         NOT NULL REFERENCES patients (id),
    code           varchar(50)  NOT NULL,
    code_system    varchar(100) NOT NULL,
    name           varchar(255) NOT NULL,
    value_number   numeric,
    value_text     text,
    unit           varchar(40),
    reference_low  numeric,
    reference_high numeric,
    flag           varchar(20)  NOT NULL DEFAULT 'unknown',
    status         varchar(20)  NOT NULL DEFAULT 'final',
    effective_at   timestamptz  NOT NULL,
    issued_at      timestamptz  NOT NULL,
    reviewed_by    uuid REFERENCES users (id),
    reviewed_at    timestamptz,
    review_comment varchar(500),
    superseded_by  uuid REFERENCES results (id),
    created_at     timestamptz  NOT NULL DEFAULT now(),
    updated_at     timestamptz  NOT NULL DEFAULT now(),
    CONSTRAINT valid_flag CHECK (flag IN ('normal', 'low', 'high', 'critical_low', 'critical_high', 'abnormal', 'unknown')),
    CONSTRAINT valid_result_status CHECK (status IN ('preliminary', 'final', 'corrected', 'cancelled')),
    CONSTRAINT result_has_value CHECK (value_number IS NOT NULL OR value_text IS NOT NULL),
    CONSTRAINT review_is_whole CHECK ((reviewed_by IS NULL) = (reviewed_at IS NULL)),
    FOREIGN KEY (order_item_id, patient_id) REFERENCES order_items (id, patient_id)
);

CREATE INDEX idx_orders_encounter ON orders (encounter_id);
CREATE INDEX idx_orders_patient ON orders (patient_id);
CREATE INDEX idx_orders_doctor ON orders (doctor_id);
CREATE INDEX idx_orders_status ON orders (status);
CREATE INDEX idx_order_items_order ON order_items (order_id);
CREATE INDEX idx_results_item ON results (order_item_id);
CREATE INDEX idx_results_trend ON results (patient_id, code, effective_at DESC);
CREATE INDEX idx_results_to_review ON results (order_item_id) WHERE reviewed_at IS NULL AND superseded_by IS NULL;
CREATE TRIGGER orders_updated_at BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER order_items_updated_at BEFORE UPDATE ON order_items FOR EACH ROW EXECUTE FUNCTION set_updated_at();
CREATE TRIGGER results_updated_at BEFORE UPDATE ON results FOR EACH ROW EXECUTE FUNCTION set_updated_at();
