using System.Globalization;
using System.Text.Json;
using DrAssistant.Data.Ordering.Messages.Files;
using DrAssistant.Data.Ordering.Messages.Senders;

namespace DrAssistant.Data.Ordering.Messages.Fhir;

/// <summary>The answer to a bundle: an OperationOutcome with an issue for each report (FHIR R4, 2.35).</summary>
internal static class FhirOutcome
{
    public static string Of(ResultFile file, IReadOnlyList<MessageFate> messages) => JsonSerializer.Serialize(new
    {
        resourceType = "OperationOutcome",
        issue = file.Status is ResultFileStatus.Refused
            ? [new { severity = "error", code = "structure", diagnostics = file.Problem ?? "" }]
            : messages.Select(m => new
            {
                severity = m.Status is ResultMessageStatus.Refused ? "error" : "information",
                code = m.Status is ResultMessageStatus.Refused ? "processing" : m.Status is ResultMessageStatus.Repeated ? "duplicate" : "informational",
                diagnostics = string.Create(CultureInfo.InvariantCulture, $"Report {m.Position + 1}: {Words(m)}"),
            }).ToArray(),
    });

    private static string Words(MessageFate message) => message.Status switch
    {
        ResultMessageStatus.Filed => "filed.",
        ResultMessageStatus.Unmatched => "kept; some of it waits for a person, who will find its order.",
        ResultMessageStatus.Repeated => "came before; nothing was filed again.",
        _ => message.Problem ?? "refused.",
    };
}
