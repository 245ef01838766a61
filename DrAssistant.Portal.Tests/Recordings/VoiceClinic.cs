using System.Security.Cryptography;
using DrAssistant.Data.Common;
using DrAssistant.Data.Encounters;
using DrAssistant.Data.Recordings;
using DrAssistant.Data.Recordings.Transcribing;
using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace DrAssistant.Portal.Tests.Recordings;

/// <summary>A clinic with Dr. Asha, the nurse Nila, Dr. Basu, who does not care for Meera, and Meera, who is in a visit with Dr. Asha.</summary>
internal sealed class VoiceClinic : IAsyncDisposable
{
    private VoiceClinic(ClinicUnderTest clinic) => Clinic = clinic;

    public ClinicUnderTest Clinic { get; }

    public ClinicPerson Asha { get; private set; } = null!;

    public ClinicPerson Basu { get; private set; } = null!;

    public ClinicPerson Nila { get; private set; } = null!;

    public ClinicPerson Devi { get; private set; } = null!;

    public Guid Meera { get; private set; }

    public Guid Visit { get; private set; }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A clinic of its own.</summary>
    /// <param name="databases">Gives it a database.</param>
    /// <param name="speech">The service that hears; none where null.</param>
    /// <param name="mongo">Where its documents are; in PostgreSQL where null.</param>
    /// <param name="settings">Further ones.</param>
    public static async Task<VoiceClinic> OpenAsync(ClinicDatabase databases, SpeechServer? speech = null, string? mongo = null, Dictionary<string, string?>? settings = null)
    {
        var all = new Dictionary<string, string?>(settings ?? []);
        all.TryAdd("Transcription:Local:Enabled", "false");
        if (speech is not null)
        {
            all["Transcription:UseService"] = "true";
            all["Transcription:Service:Endpoint"] = speech.Address;
            all["Transcription:Service:Name"] = "whisper-1";
            all.TryAdd("Transcription:Service:ApiKey", "a key");
        }

        if (mongo is not null)
        {
            all[DocumentStoreOptions.KindKey] = DocumentStoreOptions.InMongo;
            all[MongoOptions.UriKey] = mongo;
            all[MongoOptions.DatabaseKey] = $"clinic_test_{Guid.CreateVersion7():n}";
        }

        var clinic = new VoiceClinic(await ClinicUnderTest.OpenAsync(databases, settings: all));
        var given = clinic.Clinic.Given;
        (clinic.Asha, clinic.Basu, clinic.Nila) = (await given.DoctorAsync("Asha Rao"), await given.DoctorAsync("Basu Dev"), await given.NurseAsync("Nila Das"));
        clinic.Devi = await given.ReceptionistAsync();
        clinic.Meera = await given.PatientAsync();
        clinic.Visit = await given.EncounterAsync(clinic.Asha, clinic.Meera, clinic.Clinic.Clock.Now, EncounterStatus.InProgress);
        await given.CareAsync(clinic.Nila, clinic.Meera);
        return clinic;
    }

    /// <summary>What <paramref name="person"/> asks of the door, in a scope of its own: nothing is remembered between two calls but in the stores.</summary>
    public async Task<Result<T>> AskAsync<T>(ClinicPerson person, Func<IRecordings, Task<Result<T>>> ask)
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<IRecordings>());
    }

    public async Task<Result<T>> TextAsync<T>(ClinicPerson person, Func<ITranscripts, Task<Result<T>>> ask)
    {
        await using var acting = Clinic.As(person);
        return await ask(acting.Get<ITranscripts>());
    }

    public RecordingStart Start(Guid? id = null)
        => new(id ?? Guid.CreateVersion7(), Visit, Meera, ConsentManner.Spoken, "audio/webm;codecs=opus", "Built-in microphone, Chromium 120");

    public Task<Result<RecordingView>> BeginAsync(RecordingStart start, ClinicPerson? by = null) => AskAsync(by ?? Asha, door => door.BeginAsync(start, Cancellation));

    public static RecordingPart Part(Guid id, int number, byte[] bytes) => new(id, number, Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes);

    public Task<Result<RecordingProgress>> SendAsync(Guid id, int number, byte[] bytes, ClinicPerson? by = null)
        => AskAsync(by ?? Asha, door => door.TakePartAsync(Part(id, number, bytes), Cancellation));

    public Task<Result<RecordingView>> FinishAsync(Guid id, int parts, double seconds = 12, ClinicPerson? by = null)
        => AskAsync(by ?? Asha, door => door.FinishAsync(new RecordingEnd(id, parts, seconds), Cancellation));

    public async Task<RecordingView> ShownAsync(Guid id)
        => (await AskAsync(Asha, door => door.OfEncounterAsync(Visit, Cancellation))).Value().Single(recording => recording.Id == id);

    /// <summary>A recording whose parts are all here and that is finished, and what its sound is.</summary>
    public async Task<(Guid Id, byte[] Sound)> RecordedAsync(int parts = 3, byte[]? sound = null)
    {
        var whole = sound ?? Sound(parts * 40_000);
        var id = (await BeginAsync(Start())).Value().Id;
        var each = (whole.Length + parts - 1) / parts;
        foreach (var (number, piece) in whole.Chunk(each).Index())
        {
            (await SendAsync(id, number, piece)).Value();
        }

        (await FinishAsync(id, whole.Chunk(each).Count())).Value();
        return (id, whole);
    }

    /// <summary>Does what is due, and what the outbox owes.</summary>
    public async Task WorkAsync()
    {
        await RelayAsync();
        while (await Worker.WorkAsync(Cancellation))
        {
        }

        await RelayAsync();
    }

    public async Task RelayAsync()
    {
        while (await Clinic.RelayAsync() > 0)
        {
        }

        Assert.All(await Clinic.OwedAsync(), message => Assert.Null(message.LastError));
    }

    public TranscriptionWorker Worker => Clinic.Services.GetServices<IHostedService>().OfType<TranscriptionWorker>().Single();

    public RetentionSweep Sweep => Clinic.Services.GetServices<IHostedService>().OfType<RetentionSweep>().Single();

    /// <summary>Bytes that begin as WebM does. The bucket and the service do not look further.</summary>
    public static byte[] Sound(int length) => [0x1A, 0x45, 0xDF, 0xA3, .. RandomNumberGenerator.GetBytes(length - 4)];

    /// <summary>All of the sound, as somebody hears it.</summary>
    public async Task<byte[]> HeardAsync(Guid id, ClinicPerson? by = null)
        => (await AskAsync(by ?? Asha, door => door.ListenAsync(id, 0, RecordingSound.MostAtOnce, Cancellation))).Value().Bytes.ToArray();

    public async Task<long> CountAsync(string table, string where = "true")
    {
        await using var connection = new Npgsql.NpgsqlConnection(Clinic.Connections.Worker);
        await connection.OpenAsync(Cancellation);
        await using var count = new Npgsql.NpgsqlCommand($"SELECT count(*) FROM {table} WHERE {where}", connection);
        return (long)(await count.ExecuteScalarAsync(Cancellation))!;
    }

    public ValueTask DisposeAsync() => Clinic.DisposeAsync();
}
