using System.Text.Json;
using DrAssistant.Data.Security;

namespace DrAssistant.Data.Prescribing.Printing;

/// <summary>Seals the words of a prescription into their row, and opens them again.</summary>
internal sealed class PaperVault(PhiCipher cipher)
{
    public PrescriptionPaper Seal(Guid prescriptionId, Guid patientId, PrescriptionSheet sheet)
    {
        var id = Guid.CreateVersion7();
        return new PrescriptionPaper
        {
            Id = id,
            PrescriptionId = prescriptionId,
            PatientId = patientId,
            Sheet = cipher.ProtectBytes(At(id), JsonSerializer.SerializeToUtf8Bytes(sheet, JsonSerializerOptions.Web)),
        };
    }

    public PrescriptionSheet Open(PrescriptionPaper paper)
        => JsonSerializer.Deserialize<PrescriptionSheet>(cipher.RevealBytes(At(paper.Id), paper.Sheet), JsonSerializerOptions.Web)!;

    private static FieldAddress At(Guid id) => new("prescription_papers", "sheet", id);
}
