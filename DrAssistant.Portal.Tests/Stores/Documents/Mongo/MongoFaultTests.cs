using DrAssistant.Data.Stores.Documents;
using DrAssistant.Data.Stores.Documents.Mongo;
using DrAssistant.Portal.Tests.Stores.Documents.Mongo.Wire;
using DrAssistant.Portal.Tests.Support;

namespace DrAssistant.Portal.Tests.Stores.Documents.Mongo;

/// <summary>A server that drops the connection, does not answer, or takes its answer back; and how it is found out what came of a writing.</summary>
public sealed class MongoFaultTests : IAsyncDisposable
{
    private const DocumentCollection Notes = DocumentCollection.ClinicalNotes;

    // Long waits, so that a machine that is busy is not taken for a server that is away; short only where an answer never comes.
    private const string Patient = "?socketTimeoutMS=60000&serverSelectionTimeoutMS=60000&connectTimeoutMS=60000&heartbeatFrequencyMS=500&maxPoolSize=4";
    private const string Impatient = "&socketTimeoutMS=1500";

    private static readonly AccessFilter Access = AccessFilter.Everything;

    private readonly WireServer _server = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_writing_whose_connection_breaks_once_is_repeated_and_done_once()
    {
        using var mongo = await OpenAsync();
        _server.Next("insert", WireFault.DropWhenDone);

        Assert.True(await mongo.Store.TryInsertAsync(Notes, Note(), Access, Cancellation));

        Assert.Single(_server.Documents("clinicalNotes"));
        Assert.Equal(2, _server.Sent("insert").Count);
    }

    /// <summary>libmongoc has given up; the adapter asks once more under a new number and looks whose document is there.</summary>
    [Theory]
    [InlineData("", 2)]
    [InlineData("&retryWrites=false", 1)]
    public async Task An_insertion_of_which_nobody_knows_is_settled_by_looking(string more, int drops)
    {
        using var mongo = await OpenAsync(more);
        _server.Next("insert", WireFault.DropWhenDone, drops);

        Assert.True(await mongo.Store.TryInsertAsync(Notes, Note(), Access, Cancellation));

        Assert.Single(_server.Documents("clinicalNotes"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_replacement_of_which_nobody_knows_is_settled_by_looking(bool wasDone)
    {
        using var mongo = await OpenAsync("&retryWrites=false");
        var note = Note();
        await mongo.Store.TryInsertAsync(Notes, note, Access, Cancellation);
        _server.Next("update", wasDone ? WireFault.DropWhenDone : WireFault.Drop);

        Assert.True(await mongo.Store.TryReplaceAsync(Notes, note with { Version = 2, Body = """{"mine": true}""" }, "draft", Access, Cancellation));

        Assert.Equal(2, (await mongo.Store.FindAsync(Notes, note.Id, Access, Cancellation))?.Version);
    }

    [Fact]
    public async Task Where_somebody_else_was_faster_the_answer_after_a_break_is_no()
    {
        using var mongo = await OpenAsync("&retryWrites=false");
        var note = Note();
        await mongo.Store.TryInsertAsync(Notes, note, Access, Cancellation);
        Assert.True(await mongo.Store.TryReplaceAsync(Notes, note with { Version = 2, Body = """{"theirs": true}""" }, "draft", Access, Cancellation));
        _server.Next("update", WireFault.Drop);

        Assert.False(await mongo.Store.TryReplaceAsync(Notes, note with { Version = 2, Body = """{"mine": true}""" }, "draft", Access, Cancellation));

        Assert.Contains("theirs", (await mongo.Store.FindAsync(Notes, note.Id, Access, Cancellation))!.Body, StringComparison.Ordinal);
    }

    /// <summary>The caller is told that nobody knows, writes the same again when the server is back, and finds its own document.</summary>
    [Fact]
    public async Task A_server_that_stays_away_leaves_the_outcome_unknown_and_the_same_writing_settles_it_later()
    {
        using var mongo = await OpenAsync();
        var note = Note();
        _server.Next("insert", WireFault.DropWhenDone, times: 4);

        var lost = await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.TryInsertAsync(Notes, note, Access, Cancellation));

        Assert.True(lost.IsOutcomeUnknown && lost.IsAway);
        _server.Heal();
        Assert.False(await mongo.Store.TryInsertAsync(Notes, note, Access, Cancellation));
        Assert.Equal(note, (await mongo.Store.FindAsync(Notes, note.Id, Access, Cancellation))! with { Body = note.Body });
    }

    [Fact]
    public async Task A_writing_that_the_majority_did_not_confirm_is_asked_after_again()
    {
        using var mongo = await OpenAsync();
        _server.Next("insert", WireFault.NotOnMajority);

        Assert.True(await mongo.Store.TryInsertAsync(Notes, Note(), Access, Cancellation));

        _server.Next("insert", WireFault.NotOnMajority, times: 2);
        var lost = await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.TryInsertAsync(Notes, Note(), Access, Cancellation));
        Assert.True(lost.IsOutcomeUnknown);
    }

    [Fact]
    public async Task A_reading_whose_connection_breaks_is_repeated()
    {
        using var mongo = await OpenAsync();
        var note = Note();
        await mongo.Store.TryInsertAsync(Notes, note, Access, Cancellation);
        _server.Next("find", WireFault.Drop, times: 3);

        Assert.NotNull(await mongo.Store.FindAsync(Notes, note.Id, Access, Cancellation));
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_given_up_and_used_again_when_it_does()
    {
        using var mongo = await OpenAsync("&retryReads=false" + Impatient);
        _server.Next("find", WireFault.Stall);

        var lost = await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.FindAsync(Notes, Guid.CreateVersion7(), Access, Cancellation));

        Assert.Equal(MongoFault.TimedOut, Assert.IsType<MongoException>(lost.InnerException).Fault);
        Assert.False(lost.IsOutcomeUnknown);
        Assert.Null(await mongo.Store.FindAsync(Notes, Guid.CreateVersion7(), Access, Cancellation));
    }

    [Theory]
    [InlineData(50, MongoFault.TimedOut, true)]
    [InlineData(13, MongoFault.Unauthorized, false)]
    [InlineData(8000, MongoFault.Other, false)]
    public async Task A_no_of_the_server_keeps_its_code(int code, object fault, bool isAway)
    {
        using var mongo = await OpenAsync();
        _server.Next("find", WireFault.Error(code, "no"));

        var refused = await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.FindAsync(Notes, Guid.CreateVersion7(), Access, Cancellation));

        var cause = Assert.IsType<MongoException>(refused.InnerException);
        Assert.Equal((fault, code, isAway), (cause.Fault, cause.Code, refused.IsAway));
    }

    [Fact]
    public async Task After_some_failures_nobody_waits_for_a_server_that_is_away_until_it_has_had_a_pause()
    {
        var clock = new StoppedClock(new DateTimeOffset(2026, 11, 5, 6, 30, 0, TimeSpan.Zero));
        using var mongo = await OpenAsync("&retryReads=false", clock);
        _server.Next("aggregate", WireFault.Error(91, "ShutdownInProgress"), times: 100);
        DocumentStoreException last;
        var asked = 0;
        do
        {
            Assert.True(++asked < 50, "The breaker never opened.");
            last = await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.CountAsync(Notes, new DocumentQuery(), Access, Cancellation));
        }
        while (last.InnerException is MongoException);

        Assert.Equal((true, clock.Now), (last.IsAway, last.AwaySince));
        Assert.True((await mongo.Probe.AskAsync(Cancellation)).IsWorking, "The probe does not ask past the breaker.");

        _server.Heal();
        await Assert.ThrowsAsync<DocumentStoreException>(() => mongo.Store.CountAsync(Notes, new DocumentQuery(), Access, Cancellation));
        clock.Now = clock.Now.AddSeconds(6);
        Assert.Equal(0, await mongo.Store.CountAsync(Notes, new DocumentQuery(), Access, Cancellation));
    }

    [Fact]
    public async Task What_waits_is_cancelled_before_it_begins_and_a_reading_is_not_waited_for()
    {
        using var mongo = await OpenAsync("&retryReads=false&retryWrites=false" + Impatient);
        using var giveUp = new CancellationTokenSource();
        _server.Next("aggregate", WireFault.Stall, times: 4);
        var reading = Enumerable.Range(0, 4).Select(_ => mongo.Store.CountAsync(Notes, new DocumentQuery(), Access, giveUp.Token)).ToList();
        while (_server.Sent("aggregate").Count < 4)
        {
            await Task.Delay(10, Cancellation);
        }

        var waiting = mongo.Store.TryInsertAsync(Notes, Note(), Access, giveUp.Token);
        await giveUp.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.All(await Task.WhenAll(reading.Select(count => Record.ExceptionAsync(() => count).AsTask())), e => Assert.IsAssignableFrom<OperationCanceledException>(e));
        Assert.Equal(0, await mongo.Store.CountAsync(Notes, new DocumentQuery(), Access, Cancellation));
        Assert.Empty(_server.Sent("insert"));
    }

    [Fact]
    public async Task A_writing_that_has_begun_is_waited_for_even_when_nobody_wants_it_any_more()
    {
        using var mongo = await OpenAsync();
        using var giveUp = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var mayEnd = new TaskCompletionSource();

        var writing = mongo.Client.WriteAsync("test", _ => Wait(begun, mayEnd), giveUp.Token);
        await begun.Task;
        await giveUp.CancelAsync();
        Assert.False(writing.IsCompleted);
        mayEnd.SetResult();

        Assert.True(await writing);

        static bool Wait(TaskCompletionSource begun, TaskCompletionSource mayEnd)
        {
            begun.SetResult();
            return ((IAsyncResult)mayEnd.Task).AsyncWaitHandle.WaitOne(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public async Task Of_more_calls_than_may_wait_the_last_are_told_so_at_once()
    {
        using var mongo = await OpenAsync();
        using var mayEnd = new ManualResetEventSlim();

        var calls = Enumerable.Range(0, 400).Select(_ => mongo.Client.ReadAsync("test", _ => mayEnd.Wait(TimeSpan.FromMinutes(1), Cancellation), Cancellation)).ToList();
        var refused = await Task.WhenAny(calls);
        mayEnd.Set();
        var outcomes = await Task.WhenAll(calls.Select(call => Record.ExceptionAsync(() => call).AsTask()));

        Assert.Equal(MongoFault.Busy, Assert.IsType<MongoException>((await Assert.ThrowsAsync<DocumentStoreException>(() => refused)).InnerException).Fault);
        Assert.InRange(outcomes.Count(e => e is null), 256, 256 + 4);
    }

    public async ValueTask DisposeAsync() => await _server.DisposeAsync();

    private static StoredDocument Note()
    {
        var now = new DateTimeOffset(2026, 11, 5, 6, 30, 0, TimeSpan.Zero);
        return new StoredDocument(Guid.CreateVersion7(), TwoCharts.Meera, Guid.CreateVersion7(), Guid.CreateVersion7(), "draft", 1, now, now, """{"a":1}""");
    }

    private async Task<MongoUnderTest> OpenAsync(string more = "", TimeProvider? time = null)
    {
        var mongo = new MongoUnderTest(_server.Uri + Patient + more, time: time);
        await mongo.Schema.EnsureAsync(Cancellation);
        return mongo;
    }
}
