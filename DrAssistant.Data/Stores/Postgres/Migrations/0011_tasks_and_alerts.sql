-- Tasks and alerts.

CREATE TABLE tasks (
    id           uuid PRIMARY KEY,
    title        varchar(100) NOT NULL,
    description  text,
    assigned_to  uuid REFERENCES users (id),
    created_by   uuid         NOT NULL REFERENCES users (id),
    patient_id   uuid REFERENCES patients (id),
    encounter_id uuid REFERENCES encounters (id),
    due_date     timestamptz,
    priority     varchar(10)  NOT NULL DEFAULT 'medium',
    status       varchar(20)  NOT NULL DEFAULT 'pending',
    task_type    varchar(20)  NOT NULL,
    created_at   timestamptz  NOT NULL DEFAULT now(),
    updated_at   timestamptz  NOT NULL DEFAULT now(),
    completed_at timestamptz,
    CONSTRAINT valid_priority CHECK (priority IN ('low', 'medium', 'high', 'urgent')),
    CONSTRAINT valid_status CHECK (status IN ('pending', 'in_progress', 'completed', 'cancelled')),
    CONSTRAINT valid_type CHECK (task_type IN ('documentation', 'review', 'follow_up', 'referral', 'order', 'other'))
);
CREATE INDEX idx_tasks_assigned_to ON tasks (assigned_to);
CREATE INDEX idx_tasks_created_by ON tasks (created_by);
CREATE INDEX idx_tasks_patient ON tasks (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX idx_tasks_status ON tasks (status);
CREATE INDEX idx_tasks_due_date ON tasks (due_date) WHERE due_date IS NOT NULL;
CREATE INDEX idx_tasks_open ON tasks (assigned_to, due_date) WHERE status IN ('pending', 'in_progress');
CREATE TRIGGER tasks_updated_at BEFORE UPDATE ON tasks FOR EACH ROW EXECUTE FUNCTION set_updated_at();

CREATE TABLE alerts (
    id              uuid PRIMARY KEY,
    user_id         uuid         NOT NULL REFERENCES users (id),
    patient_id      uuid REFERENCES patients (id),
    alert_type      varchar(20)  NOT NULL,
    severity        varchar(10)  NOT NULL,
    title           varchar(100) NOT NULL,
    message         text         NOT NULL,
    is_read         boolean      NOT NULL DEFAULT FALSE,
    created_at      timestamptz  NOT NULL DEFAULT now(),
    read_at         timestamptz,
    source          varchar(50),
    source_id       uuid,
    action_url      varchar(255),
    acknowledged_at timestamptz,
    CONSTRAINT valid_severity CHECK (severity IN ('low', 'medium', 'high', 'critical')),
    CONSTRAINT valid_type CHECK (alert_type IN ('lab_result', 'medication', 'appointment', 'task', 'system', 'other'))
);
CREATE INDEX idx_alerts_user ON alerts (user_id);
CREATE INDEX idx_alerts_patient ON alerts (patient_id) WHERE patient_id IS NOT NULL;
CREATE INDEX idx_alerts_read ON alerts (is_read);
CREATE INDEX idx_alerts_created ON alerts (created_at);
CREATE INDEX idx_alerts_severity ON alerts (severity);
CREATE INDEX idx_alerts_unread ON alerts (user_id, created_at DESC) WHERE NOT is_read;

-- Clinical order, never alphabetical. Used as ORDER BY urgency_rank(priority).
CREATE FUNCTION urgency_rank(word text) RETURNS integer
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN CASE word WHEN 'critical' THEN 0 WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END;

-- What an import has already read, so that reading it again changes nothing.
CREATE TABLE imported_resources (
    source        varchar(100) NOT NULL,
    resource_type varchar(40)  NOT NULL,
    resource_id   varchar(100) NOT NULL,
    target        varchar(40)  NOT NULL,
    target_id     uuid         NOT NULL,
    patient_id    uuid REFERENCES patients (id),
    imported_at   timestamptz  NOT NULL DEFAULT now(),
    PRIMARY KEY (source, resource_type, resource_id)
);
