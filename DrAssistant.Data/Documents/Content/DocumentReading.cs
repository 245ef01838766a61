namespace DrAssistant.Data.Documents.Content;

/// <summary>Makes of a file what is shown and found of it. A file that cannot be read is kept all the same.</summary>
internal static class DocumentReading
{
    public static ReadDocument Of(byte[] file, string contentType)
    {
        try
        {
            if (contentType != DocumentTypes.Pdf)
            {
                return new ReadDocument(Thumbnail.Of(file, contentType), null, null);
            }

            var pdf = Pdf.PdfText.Of(file);
            return new ReadDocument(null, pdf.Words.Length == 0 ? null : pdf.Words, pdf.Pages == 0 ? null : pdf.Pages);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever is wrong with a file, it is what somebody wanted to keep: it stands there without a picture.
            return new ReadDocument(null, null, null) { Failed = e.GetType().Name };
        }
    }
}

/// <summary>What was made of a file.</summary>
internal sealed record ReadDocument(byte[]? Thumbnail, string? Words, int? Pages)
{
    public string? Failed { get; init; }

    public override string ToString() => nameof(ReadDocument);
}
