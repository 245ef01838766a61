using DrAssistant.Data.Common;
using DrAssistant.Data.Drafting.Extractive;
using DrAssistant.Data.Drafting.Model;
using Microsoft.Extensions.Configuration;

namespace DrAssistant.Data.Drafting.Batch;

/// <summary>Drafts notes for a whole file of visits, without a database, a patient or an account: what an operator tries an engine with.</summary>
public static class DraftBatch
{
    /// <summary>Reads a table of visits and writes a table of notes, a row a visit, in the same order.</summary>
    /// <returns>How many there were, or why nothing was written.</returns>
    public static Task<Result<DraftBatchReport>> RunAsync(string input, string output, CancellationToken cancellation)
        => RunAsync(input, output, (request, _) => Task.FromResult<Result<DraftedNote>>(ExtractiveDrafter.Draft(request)), cancellation);

    /// <summary>By the model of the settings. Whoever calls this has decided that these visits may be sent there.</summary>
    public static async Task<Result<DraftBatchReport>> RunWithModelAsync(string input, string output, IConfiguration settings, CancellationToken cancellation)
    {
        var options = settings.GetSection(DraftingOptions.Section).Get<DraftingOptions>() ?? new DraftingOptions();
        if (!options.Model.IsComplete || DraftingOptionsValidator.Failure(options) is not null)
        {
            return Refusal.Invalid(DraftingOptionsValidator.Failure(options) ?? "The engine model needs the settings Drafting:Model:Endpoint and Drafting:Model:Name.");
        }

        using var drafter = new ModelDrafter(options.Model);
        return await RunAsync(input, output, drafter.DraftAsync, cancellation);
    }

    internal static async Task<Result<DraftBatchReport>> RunAsync(
        string input, string output, Func<DraftRequest, CancellationToken, Task<Result<DraftedNote>>> draft, CancellationToken cancellation)
    {
        var read = await VisitFile.ReadAsync(input, cancellation);
        if (!read.Succeeded)
        {
            return read.Refusal;
        }

        var drafted = new List<DraftedVisit>();
        foreach (var visit in read.Value)
        {
            cancellation.ThrowIfCancellationRequested();
            var note = await draft(new DraftRequest(visit.Dialogue), cancellation);
            if (!note.Succeeded)
            {
                return note.Refusal with { Message = $"{visit.EncounterId}: {note.Refusal.Message}" };
            }

            drafted.Add(new DraftedVisit(visit, note.Value));
        }

        return await VisitFile.WriteAsync(output, drafted, cancellation) is { } refusal
            ? refusal
            : new DraftBatchReport(drafted.Count, drafted.Count(d => d.Note.WhyEmpty is not null), drafted.Sum(d => d.Note.Sentences.Count), drafted.Sum(d => d.Note.Removed));
    }
}

/// <summary>What a file of visits came to.</summary>
/// <param name="Empty">Visits from which nothing could be drafted.</param>
/// <param name="Removed">Sentences that an engine proposed and the transcript does not support.</param>
public sealed record DraftBatchReport(int Visits, int Empty, int Sentences, int Removed);

/// <summary>A row of the table that comes in.</summary>
internal sealed record VisitRow(string EncounterId, string Dialogue)
{
    public override string ToString() => $"a visit of {Dialogue.Length} signs";
}

/// <summary>A row of the table that goes out.</summary>
internal sealed record DraftedVisit(VisitRow Visit, DraftedNote Note);
