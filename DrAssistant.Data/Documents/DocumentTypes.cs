namespace DrAssistant.Data.Documents;

/// <summary>The five kinds of file that are taken in, and how each is treated.</summary>
public static class DocumentTypes
{
    public const string Pdf = "application/pdf";
    public const string Jpeg = "image/jpeg";
    public const string Png = "image/png";
    public const string Tiff = "image/tiff";
    public const string Dicom = "application/dicom";

    /// <summary>For a file picker; what a file is, its bytes say.</summary>
    public const string Accepted = ".pdf,.jpg,.jpeg,.png,.tif,.tiff,.dcm,application/pdf,image/jpeg,image/png,image/tiff,application/dicom";

    public static DocumentShape ShapeOf(string contentType) => contentType switch
    {
        Jpeg or Png => DocumentShape.Picture,
        Pdf => DocumentShape.Pdf,
        _ => DocumentShape.File,
    };

    /// <summary>With its dot.</summary>
    public static string ExtensionOf(string contentType) => contentType switch
    {
        Pdf => ".pdf",
        Jpeg => ".jpg",
        Png => ".png",
        Tiff => ".tif",
        Dicom => ".dcm",
        _ => ".bin",
    };

    /// <summary>A kind of document in a word or two.</summary>
    public static string NameOf(DocumentCategory category) => category switch
    {
        DocumentCategory.DischargeSummary => "Discharge summary",
        DocumentCategory.Referral => "Referral letter",
        DocumentCategory.Prescription => "Outside prescription",
        DocumentCategory.Insurance => "Insurance",
        DocumentCategory.Other => "Other document",
        _ => category.ToString(),
    };

    /// <summary>What people call it.</summary>
    public static string NameOf(string contentType) => contentType switch
    {
        Pdf => "PDF",
        Jpeg => "JPEG",
        Png => "PNG",
        Tiff => "TIFF",
        Dicom => "DICOM",
        _ => "File",
    };
}
