using DrAssistant.Data.Common;

namespace DrAssistant.Data.Documents;

/// <summary>What people say about a document, made fit to be kept.</summary>
internal static class FactsCheck
{
    private static readonly DateOnly First = new(1900, 1, 1);

    public static Result<DocumentFacts> Of(DocumentFacts facts, DateOnly today)
    {
        var title = PlainText.Of(facts.Title, DocumentLimits.LongestTitle);
        var description = PlainText.Of(facts.Description, DocumentLimits.LongestDescription);
        return 0 switch
        {
            _ when title.Length == 0 => Refusal.Invalid("Say what this document is.", nameof(DocumentFacts.Title)),
            _ when !Enum.IsDefined(facts.Category) => Refusal.Invalid("Choose what kind of document this is.", nameof(DocumentFacts.Category)),
            _ when facts.Date > today => Refusal.Invalid("The date of a document is today or before.", nameof(DocumentFacts.Date)),
            _ when facts.Date < First => Refusal.Invalid("Check the date of the document.", nameof(DocumentFacts.Date)),
            _ => facts with { Title = title, Description = description.Length == 0 ? null : description },
        };
    }
}
