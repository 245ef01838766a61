using System.Collections.Concurrent;
using DrAssistant.Data.Stores.Postgres;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace DrAssistant.Data.Staff.SignIn;

/// <summary>
/// What the record says of sessions that were revoked, and of accounts that were changed, within the longest life of a session. Asked every second for as long as copies are kept; while
/// the record did not answer lately, no copy is trusted. So a copy that came back with an old Redis, or was never taken away, opens nothing.
/// </summary>
internal sealed partial class LatelyEnded(
    ClinicDataSources data, SessionNews news, IOptions<SessionOptions> options, TimeProvider time, ILogger<LatelyEnded> log) : BackgroundService
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    /// <summary>How old an answer of the record may be: an ended session has to be seen as such within two seconds everywhere.</summary>
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(2);

    /// <summary>Clocks of servers differ, and a change is seen a moment after it was dated.</summary>
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _endedHere = new();
    private volatile Answer? _answer;

    /// <summary>
    /// Longer than any session lives, not than a copy: when a copy was used last is the one thing in it that is not sealed, so whoever can write into Redis can make an
    /// old one look fresh.
    /// </summary>
    private TimeSpan Reach => options.Value.Absolute + Margin;

    /// <summary>Whether a copy of this session, read with this version of the account, may be taken for the record's word.</summary>
    public bool Vouches(Guid session, Guid user, string account)
        => _answer is { } answer
            && time.GetUtcNow() - answer.At is { Ticks: >= 0 } age && age <= Trust
            && !answer.Ended.Contains(session) && !_endedHere.ContainsKey(session)
            && (!answer.Changed.TryGetValue(user, out var now) || now == account);

    /// <summary>Ended on this portal a moment ago: the next answer of the record will have it too.</summary>
    public void Note(Guid session)
    {
        var now = time.GetUtcNow();
        _endedHere[session] = now;
        foreach (var old in _endedHere.Where(e => now - e.Value > Reach).ToList())
        {
            _endedHere.TryRemove(old);
        }
    }

    internal async Task LookAsync(CancellationToken cancellation)
    {
        var at = time.GetUtcNow();
        await using var ask = data.Worker.CreateCommand("""
            SELECT id, NULL FROM sessions WHERE revoked_at > $1
            UNION ALL SELECT id, xmin::text FROM users WHERE updated_at > $1
            """);
        ask.Parameters.Add(new NpgsqlParameter { Value = at - Reach });
        var (ended, changed) = (new HashSet<Guid>(), new Dictionary<Guid, string>());
        await using var reader = await ask.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            if (await reader.IsDBNullAsync(1, cancellation))
            {
                ended.Add(reader.GetGuid(0));
            }
            else
            {
                changed[reader.GetGuid(0)] = reader.GetString(1);
            }
        }

        _answer = new Answer(at, ended, changed);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var heard = new SemaphoreSlim(0);
        void Wake(object? sender, EventArgs e) => heard.Release();
        news.Heard += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await LookOnceAsync(stoppingToken);
                await heard.WaitAsync(BetweenLooks, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The portal stops.
        }
        finally
        {
            news.Heard -= Wake;
        }
    }

    private async Task LookOnceAsync(CancellationToken stopping)
    {
        try
        {
            await LookAsync(stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            NoAnswer(e.GetType().Name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The record of ended sessions did not answer ({Error}); copies of sessions are not used meanwhile.")]
    private partial void NoAnswer(string error);

    private sealed record Answer(DateTimeOffset At, HashSet<Guid> Ended, Dictionary<Guid, string> Changed);
}
