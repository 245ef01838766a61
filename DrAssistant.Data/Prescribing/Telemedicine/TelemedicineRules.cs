using DrAssistant.Data.Prescribing.Formulary;

namespace DrAssistant.Data.Prescribing.Telemedicine;

/// <summary>How the doctor and the patient meet.</summary>
public enum ConsultMode
{
    InPerson,
    Video,
    Audio,
    Text,
}

/// <summary>Whether a medicine may be prescribed in a consultation, and the rule that says so.</summary>
/// <param name="Rule">In a sentence, to be shown where it is refused.</param>
/// <param name="Source">Where the rule comes from.</param>
public sealed record TelemedicineAnswer(bool IsAllowed, string Rule, string Source);

/// <summary>
/// What may be prescribed without seeing the patient in person. Telemedicine Practice Guidelines of 25-Mar-2020 (Appendix 5 of the Indian Medical
/// Council regulations of 2002): mode of the consultation, first or follow-up, list of the medicine.
/// </summary>
internal static class TelemedicineRules
{
    private const string Source = "Telemedicine Practice Guidelines, 25-Mar-2020, section 3.7.4";
    private const string Ndps = "Telemedicine Practice Guidelines, 25-Mar-2020, section 3.7.4; NDPS Act 1985; Drugs and Cosmetics Rules, Schedule X";

    /// <summary>Whether one medicine may be prescribed.</summary>
    /// <param name="mode">How they meet.</param>
    /// <param name="isFollowUp">For the same condition, within six months of a visit in person.</param>
    /// <param name="medicine">Null for free text, of which nobody knows the list.</param>
    public static TelemedicineAnswer Of(ConsultMode mode, bool isFollowUp, Medicine? medicine) => mode is ConsultMode.InPerson
        ? new TelemedicineAnswer(true, "In person there is no list to keep to.", Source)
        : medicine switch
        {
            null => new TelemedicineAnswer(false, "Free text cannot be prescribed in a teleconsultation: nobody can tell which list it is on.", Source),
            { Schedule: MedicineSchedule.X or MedicineSchedule.Ndps } => Barred,
            _ => Of(mode, isFollowUp, medicine.TelemedicineList),
        };

    public static TelemedicineAnswer Of(ConsultMode mode, bool isFollowUp, TelemedicineList list) => (list, isFollowUp, mode) switch
    {
        (_, _, ConsultMode.InPerson) => new TelemedicineAnswer(true, "In person there is no list to keep to.", Source),
        (TelemedicineList.O, _, _) => new TelemedicineAnswer(true, "List O may be prescribed in any teleconsultation.", Source),
        (TelemedicineList.A, true, _) => new TelemedicineAnswer(true, "List A may be prescribed again for the same condition at a follow-up, by any mode.", Source),
        (TelemedicineList.A, false, ConsultMode.Video) => new TelemedicineAnswer(true, "List A may be prescribed at a first consultation by video.", Source),
        (TelemedicineList.A, false, _) => new TelemedicineAnswer(false, "At a first consultation a medicine of list A needs video, so that the patient is seen.", Source),
        (TelemedicineList.B, true, _) => new TelemedicineAnswer(true, "List B may be added at a follow-up of a condition that was seen in person.", Source),
        (TelemedicineList.B, false, _) => new TelemedicineAnswer(false, "A medicine of list B is only added to a treatment that was begun in person, never at a first teleconsultation.", Source),
        _ => Barred,
    };

    private static TelemedicineAnswer Barred { get; } = new(false, "Medicines of Schedule X, narcotics and psychotropics are never prescribed in a teleconsultation.", Ndps);
}
