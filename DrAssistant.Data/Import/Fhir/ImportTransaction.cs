using DrAssistant.Data.Audit;
using DrAssistant.Data.Common;
using DrAssistant.Data.Patients;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Import.Fhir;

/// <summary>
/// Writes as the practice itself. With the rows of a patient commit what they entail: the care team, the allergies of the
/// banner, the audit entry and what the outbox owes.
/// </summary>
internal sealed class ImportTransaction(
    NpgsqlConnection connection, IReadOnlyList<Guid> careTeam, string mrnPrefix, ClinicClock clock, AuditTrail audit) : IAsyncDisposable
{
    private readonly Dictionary<Guid, bool> _touched = [];
    private readonly HashSet<Guid> _withAllergies = [];
    private readonly HashSet<Guid> _withoutAllergies = [];
    private NpgsqlTransaction? _transaction;

    public NpgsqlConnection Connection => connection;

    public async Task BeginAsync(CancellationToken cancellation) => _transaction ??= await connection.BeginTransactionAsync(cancellation);

    public async Task LoadPeopleAndVisitsAsync(FileContext context, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command("SELECT id, date_of_birth FROM patients WHERE id = ANY($1)", [.. context.Known.Targets("patients")]));
        batch.BatchCommands.Add(Command("SELECT id, patient_id, doctor_id, start_time, end_time FROM encounters WHERE id = ANY($1)", [.. context.Known.Targets("encounters")]));
        await using var reader = await batch.ExecuteReaderAsync(cancellation);
        foreach (var (patient, born) in await reader.ListAsync(row => (row.GetGuid(0), row.Day(1)), cancellation))
        {
            context.AddBirth(patient, born);
        }

        foreach (var visit in await reader.ListAsync(
            row => new Visit(row.GetGuid(0), row.GetGuid(1), row.GetGuid(2), row.Instant(3), row.InstantOrNull(4)), cancellation))
        {
            context.Add(visit);
        }
    }

    public async Task WriteAsync(IReadOnlyList<FhirEntry> entries, Action<FhirEntry, string> refused, CancellationToken cancellation)
    {
        await BeginAsync(cancellation);
        await NumberAsync([.. entries.SelectMany(entry => entry.Rows).Select(row => row.Value).OfType<Patient>()], cancellation);
        var outside = new HashSet<FhirEntry>();
        var writer = new RowWriter(connection, (entry, reason) =>
        {
            outside.Add(entry);
            refused(entry, reason);
        });
        await writer.WriteAsync(entries, cancellation);
        foreach (var row in entries.Where(entry => !outside.Contains(entry)).SelectMany(entry => entry.Rows))
        {
            Remember(row.Value);
        }
    }

    /// <summary>Commits what was written; the next write begins anew.</summary>
    public async Task CommitAsync(CancellationToken cancellation)
    {
        if (_transaction is null)
        {
            return;
        }

        if (_touched.Count > 0)
        {
            await EntailAsync(cancellation);
        }

        await _transaction.CommitAsync(cancellation);
        await _transaction.DisposeAsync();
        _transaction = null;
        _touched.Clear();
        _withAllergies.Clear();
        _withoutAllergies.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
        {
            await _transaction.DisposeAsync();
        }
    }

    /// <summary>Search and caches hear of these patients; ids only.</summary>
    public static NpgsqlBatchCommand Owe(IReadOnlyCollection<Guid> patients, DateTimeOffset now) => new("""
        INSERT INTO outbox_messages (id, kind, subject_id, patient_id, created_at, available_at)
        SELECT m.id, 'patient.imported', m.patient, m.patient, $3, $3 FROM unnest($1, $2) AS m (id, patient)
        """)
    {
        Parameters =
        {
            new() { Value = patients.Select(_ => Guid.CreateVersion7()).ToArray() },
            new() { Value = patients.ToArray() },
            new() { Value = now },
        },
    };

    private void Remember(object row)
    {
        switch (row)
        {
            case Patient patient:
                _touched[patient.Id] = true;
                break;
            case Allergy allergy:
                _withAllergies.Add(allergy.PatientId);
                break;
            case ImportedRow { PatientId: { } patientId } imported:
                _touched.TryAdd(patientId, false);
                if (imported.Target == Maps.AllergyMap.NoneKnown)
                {
                    _withoutAllergies.Add(patientId);
                }

                break;
        }
    }

    /// <summary>Everybody who comes in gets a number of this practice.</summary>
    private async Task NumberAsync(IReadOnlyList<Patient> patients, CancellationToken cancellation)
    {
        if (patients.Count == 0)
        {
            return;
        }

        await using var command = new NpgsqlCommand("SELECT nextval('mrn_numbers') FROM generate_series(1, $1)", connection)
        {
            Parameters = { new() { Value = patients.Count } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        foreach (var patient in patients)
        {
            await reader.ReadAsync(cancellation);
            patient.Mrn = Mrn.Issue(mrnPrefix, clock.Today.Year, checked((int)reader.GetInt64(0))).Text;
        }
    }

    private async Task EntailAsync(CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Command("""
            UPDATE patients p SET allergies = a.names, allergies_status = 'known', allergies_recorded_at = a.recorded_at
            FROM (SELECT patient_id, array_agg(DISTINCT substance::text) AS names, max(recorded_at) AS recorded_at
                  FROM allergies WHERE status = 'active' AND patient_id = ANY($1) GROUP BY patient_id) a
            WHERE p.id = a.patient_id
            """, [.. _withAllergies]));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            UPDATE patients p SET allergies_status = 'none_known', allergies_recorded_at = $2
            WHERE p.id = ANY($1) AND p.allergies_status = 'not_asked'
            """)
        {
            Parameters = { new() { Value = _withoutAllergies.ToArray() }, new() { Value = clock.Now } },
        });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(
            "SELECT join_care_team(p, u, 'import', NULL) FROM unnest($1) p, unnest($2) u")
        {
            Parameters = { new() { Value = _touched.Where(t => t.Value).Select(t => t.Key).ToArray() }, new() { Value = careTeam.ToArray() } },
        });
        foreach (var (patientId, isNew) in _touched)
        {
            batch.BatchCommands.Add(audit.Statement(new AuditEntry(isNew ? AuditAction.Create : AuditAction.Update, "chart.import")
            {
                PatientId = patientId,
                ResourceType = "patient",
                ResourceId = patientId,
            }));
        }

        batch.BatchCommands.Add(Owe(_touched.Keys, clock.Now));
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlBatchCommand Command(string sql, Guid[] ids)
        => new(sql) { Parameters = { new() { Value = ids, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } } };
}
