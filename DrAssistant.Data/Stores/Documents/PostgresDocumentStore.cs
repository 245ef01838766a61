using System.Globalization;
using DrAssistant.Data.Security;
using DrAssistant.Data.Stores.Postgres;
using Npgsql;
using NpgsqlTypes;

namespace DrAssistant.Data.Stores.Documents;

/// <summary>The embedded adapter: one <c>jsonb</c> table a collection, under the same row-level security as the rest.</summary>
internal sealed class PostgresDocumentStore(SecuredBatch batch, ICurrentUser user) : IDocumentStore
{
    private const string Columns = "id, patient_id, encounter_id, doctor_id, status, version, created_at, updated_at, body";

    public async Task<StoredDocument?> FindAsync(
        DocumentCollection collection, Guid id, AccessFilter access, CancellationToken cancellation)
    {
        var where = new Filter(access).And("id", id);
        var command = where.Command($"SELECT {Columns} FROM {Table(collection)} WHERE {where}");
        return (await ReadAsync(command, cancellation)).SingleOrDefault();
    }

    public Task<IReadOnlyList<StoredDocument>> ListAsync(
        DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
    {
        var where = Where(query, access);
        var order = query.OldestFirst ? "created_at, id" : "created_at DESC, id DESC";
        return ReadAsync(
            where.Command($"SELECT {Columns} FROM {Table(collection)} WHERE {where} ORDER BY {order} LIMIT {query.Take}"),
            cancellation);
    }

    public Task<long> CountAsync(DocumentCollection collection, DocumentQuery query, AccessFilter access, CancellationToken cancellation)
    {
        var where = Where(query, access);
        return batch.ReadAsync(
            [where.Command($"SELECT count(*) FROM {Table(collection)} WHERE {where}")],
            async (reader, token) =>
            {
                await reader.ReadAsync(token);
                return reader.GetInt64(0);
            },
            cancellation);
    }

    public async Task<bool> TryInsertAsync(
        DocumentCollection collection, StoredDocument document, AccessFilter access, CancellationToken cancellation)
    {
        RefuseOutside(access, document);
        var insert = new NpgsqlBatchCommand(
            $"INSERT INTO {Table(collection)} ({Columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING");
        AddValues(insert.Parameters, document);
        return await ChangedAsync(insert, cancellation);
    }

    public async Task<bool> TryReplaceAsync(
        DocumentCollection collection, StoredDocument document, string whileStatus, AccessFilter access, CancellationToken cancellation)
    {
        RefuseOutside(access, document);
        var update = new NpgsqlBatchCommand($"""
            UPDATE {Table(collection)} SET encounter_id = $3, doctor_id = $4, status = $5, version = $6, updated_at = $8, body = $9
            WHERE id = $1 AND patient_id = $2 AND version = $6 - 1 AND status = $10 AND created_at = $7
            """);
        AddValues(update.Parameters, document);
        update.Parameters.Add(new NpgsqlParameter { Value = whileStatus });
        return await ChangedAsync(update, cancellation);
    }

    private static Filter Where(DocumentQuery query, AccessFilter access) => new Filter(access)
        .And("patient_id", query.PatientId)
        .And("encounter_id", query.EncounterId)
        .AndAny("encounter_id", query.EncounterIds)
        .And("doctor_id", query.DoctorId)
        .And("status", query.Status)
        .AndNot("status", query.NotStatus)
        .AndAfter(query.After, query.OldestFirst);

    private Task<IReadOnlyList<StoredDocument>> ReadAsync(NpgsqlBatchCommand command, CancellationToken cancellation)
        => batch.ReadAsync<IReadOnlyList<StoredDocument>>([command], static async (reader, token) =>
        {
            var documents = new List<StoredDocument>();
            while (await reader.ReadAsync(token))
            {
                documents.Add(new StoredDocument(
                    reader.GetGuid(0),
                    reader.GetGuid(1),
                    await reader.IsDBNullAsync(2, token) ? null : reader.GetGuid(2),
                    await reader.IsDBNullAsync(3, token) ? null : reader.GetGuid(3),
                    reader.GetString(4),
                    reader.GetInt32(5),
                    reader.GetFieldValue<DateTimeOffset>(6),
                    reader.GetFieldValue<DateTimeOffset>(7),
                    reader.GetString(8)));
            }

            return documents;
        }, cancellation);

    private async Task<bool> ChangedAsync(NpgsqlBatchCommand command, CancellationToken cancellation)
    {
        await batch.ReadAsync([command], (_, _) => Task.FromResult(true), cancellation);
        return command.RecordsAffected == 1;
    }

    private static void AddValues(NpgsqlParameterCollection parameters, StoredDocument d)
    {
        parameters.Add(new NpgsqlParameter { Value = d.Id });
        parameters.Add(new NpgsqlParameter { Value = d.PatientId });
        parameters.Add(new NpgsqlParameter { Value = (object?)d.EncounterId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(new NpgsqlParameter { Value = (object?)d.DoctorId ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid });
        parameters.Add(new NpgsqlParameter { Value = d.Status });
        parameters.Add(new NpgsqlParameter { Value = d.Version });
        parameters.Add(new NpgsqlParameter { Value = d.CreatedAt });
        parameters.Add(new NpgsqlParameter { Value = d.UpdatedAt });
        parameters.Add(new NpgsqlParameter { Value = d.Body, NpgsqlDbType = NpgsqlDbType.Jsonb });
    }

    private void RefuseOutside(AccessFilter access, StoredDocument document)
    {
        if (!access.Allows(document.PatientId))
        {
            throw new UnauthorizedAccessException($"Document {document.Id} is outside what {user.Id} may write.");
        }
    }

    private static string Table(DocumentCollection collection) => collection switch
    {
        DocumentCollection.ClinicalNotes => "clinical_notes",
        DocumentCollection.NoteVersions => "note_versions",
        DocumentCollection.NoteAmendments => "note_amendments",
        DocumentCollection.NoteDrafts => "note_drafts",
        DocumentCollection.Documents => "documents",
        DocumentCollection.VoiceRecordings => "voice_recordings",
        DocumentCollection.Transcripts => "transcripts",
        _ => throw new ArgumentOutOfRangeException(nameof(collection)),
    };

    /// <summary>Conditions and their parameters, the access filter always first.</summary>
    private sealed class Filter
    {
        private readonly List<string> _conditions = [];
        private readonly List<NpgsqlParameter> _parameters = [];

        public Filter(AccessFilter access)
        {
            _conditions.Add("true");
            if (access.Patients is { } patients)
            {
                AndAny("patient_id", patients);
            }
        }

        public Filter AndAny(string column, IReadOnlyCollection<Guid>? values)
        {
            if (values is not null)
            {
                Add($"{column} = ANY(${{0}})", values.ToArray());
            }

            return this;
        }

        public Filter And(string column, object? value)
        {
            if (value is not null)
            {
                Add($"{column} = ${{0}}", value);
            }

            return this;
        }

        public Filter AndNot(string column, object? value)
        {
            if (value is not null)
            {
                Add($"{column} <> ${{0}}", value);
            }

            return this;
        }

        public Filter AndAfter(DocumentCursor? cursor, bool isAscending)
        {
            if (cursor is not null)
            {
                Add($"(created_at, id) {(isAscending ? '>' : '<')} (${{0}}, ${{1}})", cursor.CreatedAt, cursor.Id);
            }

            return this;
        }

        public NpgsqlBatchCommand Command(string sql)
        {
            var command = new NpgsqlBatchCommand(sql);
            _parameters.ForEach(p => command.Parameters.Add(p));
            return command;
        }

        public override string ToString() => string.Join(" AND ", _conditions);

        private void Add(string condition, params object[] values)
        {
            var numbers = values.Select(value =>
            {
                _parameters.Add(new NpgsqlParameter { Value = value });
                return (object)_parameters.Count;
            });
            _conditions.Add(string.Format(CultureInfo.InvariantCulture, condition, [.. numbers]));
        }
    }
}
