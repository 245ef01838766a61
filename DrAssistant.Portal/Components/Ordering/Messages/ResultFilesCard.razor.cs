using System.Globalization;
using DrAssistant.Data.Ordering.Messages;
using DrAssistant.Data.Ordering.Messages.Files;
using Microsoft.AspNetCore.Components;

namespace DrAssistant.Portal.Components.Ordering.Messages;

/// <summary>What laboratories sent, and what became of it: counts only.</summary>
public partial class ResultFilesCard
{
    [Parameter]
    public IReadOnlyList<ResultFileLine>? Files { get; set; }

    [Parameter]
    public (Guid File, IReadOnlyList<RefusedMessage> Messages)? Refused { get; set; }

    [Parameter, EditorRequired]
    public EventCallback<Guid> OnRefused { get; set; }

    private static string Fate(ResultFileLine file) => file.Status switch
    {
        ResultFileStatus.Refused => $"Refused: {file.Problem}",
        ResultFileStatus.Waiting => "Waits to be read",
        _ => string.Join(", ", new (int Number, string What)[]
        {
            (file.Filed, "filed"), (file.Unmatched, "of which some waits for a person"), (file.Refused, "refused"), (file.Repeated, "came before"),
        }.Where(count => count.Number > 0).Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Number} {count.What}"))
            .DefaultIfEmpty("nothing read yet")) + (file.Status is ResultFileStatus.Working ? string.Create(CultureInfo.InvariantCulture, $"; {file.Read} of {file.Total} read") : ""),
    };
}
