namespace DrAssistant.Data.Encounters.Diagnoses;

/// <summary>The 22 chapters of ICD-10 by the first three characters of their codes (WHO, ICD-10 version 2019, volume 1).</summary>
internal static class DiagnosisChapters
{
    private static readonly (string First, string Last, int Chapter)[] Blocks =
    [
        ("A00", "B99", 1), ("C00", "D48", 2), ("D50", "D89", 3), ("E00", "E90", 4), ("F00", "F99", 5), ("G00", "G99", 6), ("H00", "H59", 7), ("H60", "H95", 8),
        ("I00", "I99", 9), ("J00", "J99", 10), ("K00", "K93", 11), ("L00", "L99", 12), ("M00", "M99", 13), ("N00", "N99", 14), ("O00", "O99", 15), ("P00", "P96", 16),
        ("Q00", "Q99", 17), ("R00", "R99", 18), ("S00", "T98", 19), ("V01", "Y98", 20), ("Z00", "Z99", 21), ("U00", "U99", 22),
    ];

    /// <summary>1 to 22; null for what stands in no chapter.</summary>
    public static int? Of(string code)
    {
        if (code.Length < 3)
        {
            return null;
        }

        var category = code[..3];
        foreach (var (first, last, chapter) in Blocks)
        {
            if (string.CompareOrdinal(category, first) >= 0 && string.CompareOrdinal(category, last) <= 0)
            {
                return chapter;
            }
        }

        return null;
    }
}
